package largetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/runner"
	"careline/bot/web"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Office is the desk of a clinic, served, and the conversations behind it.
type Office struct {
	*Clinic
	Runner *runner.Runner
	Desk   page.Desk
	URL    string
}

const (
	accounts = 51 // a0 is the owner, the others are administrators
	password = "тёплый чай и лимон"
)

// Open serves the desk until the test ends. The runner is not running.
func (c *Clinic) Open(t testing.TB) *Office {
	t.Helper()
	o := &Office{Clinic: c}
	var ids atomic.Int64
	id := func() string { return fmt.Sprint("id", ids.Add(1)) }
	wrong := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	var phones []channels.Channel
	for _, name := range []channels.ID{"telegram", "whatsapp", "vk", "web"} {
		phones = append(phones, phone(name))
	}
	o.Runner = runner.New(runner.Parts{
		Store: c.Store, Scripts: c.Folder.Scripts, Clinic: c.Folder.Clinic, Channels: phones, Clock: c.Clock, IDs: id, Sealer: open{},
		Metrics: runner.NewMetrics(prometheus.NewRegistry()), Log: wrong, Name: "large", TriageRules: true,
	})
	people := access.New(access.Parts{Store: c.Store, Now: c.Clock.Now, IDs: func() string { return "a0" }, Sealer: open{}, Log: wrong})
	o.hire(t, people)
	o.Desk = page.Desk{
		Store: o.Runner.Store, Clinic: c.Folder.Clinic, Scripts: c.Folder.Scripts, Files: c.Folder.Files, Channels: phones, Clock: c.Clock, IDs: id,
		Access: people, Live: page.NewLive(o.Runner.Store, wrong), Log: wrong,
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- o.Desk.Live.Run(ctx) }()
	server := httptest.NewServer(web.Office(o.Desk, people, o.Runner))
	o.URL = server.URL
	t.Cleanup(func() {
		stop()
		<-ended
		server.Close()
	})
	return o
}

// hire adds the accounts, all with one password, unless they are there.
func (o *Office) hire(t testing.TB, people *access.Access) {
	t.Helper()
	owner, err := people.AddWith(t.Context(), access.Account{Login: "a0", Name: "Ирина Белова", Role: access.Owner, Language: "ru"}, password, false)
	if errors.Is(err, access.ErrLoginTaken) {
		return
	}
	must(t, err)
	must(t, o.Store.Tx(t.Context(), func(tx store.Tx) error {
		found, err := tx.AccountsByID(t.Context(), []string{owner.ID})
		if err != nil {
			return err
		}
		for i := 1; i < accounts && err == nil; i++ {
			one := found[0]
			one.ID, one.Login, one.Role = fmt.Sprint("a", i), fmt.Sprint("a", i), string(access.Administrator)
			err = tx.AddAccount(t.Context(), one)
		}
		return err
	}))
}

// SignIn is a browser at which the i-th account works.
func (o *Office) SignIn(t testing.TB, i int) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	c := &http.Client{Jar: jar, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(c.CloseIdleConnections)
	answer, err := c.PostForm(o.URL+"/desk/login", url.Values{"login": {fmt.Sprint("a", i)}, "password": {password}})
	must(t, err)
	defer answer.Body.Close()
	if to := answer.Header.Get("Location"); to != "/desk/" {
		t.Fatalf("signing in: %d to %q", answer.StatusCode, to)
	}
	return c
}

// phone is a messenger that takes everything at once.
type phone channels.ID

func (p phone) ID() channels.ID { return channels.ID(p) }

func (p phone) Caps() channels.Caps { return channels.Known()["web"] }

func (p phone) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

func (p phone) Send(_ context.Context, _ channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	return channels.Receipt{ID: m.Key}, nil
}

// open seals nothing: nobody looks into the database.
type open struct{}

func (open) Seal(b []byte) ([]byte, error) { return b, nil }
func (open) Open(b []byte) ([]byte, error) { return b, nil }
