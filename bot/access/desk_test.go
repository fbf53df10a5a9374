package access_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/clock"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

var morning = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

const good = "тёплый чай и лимон"

// desk is a server that asks who is there, with a clock that is moved by hand.
type desk struct {
	*testing.T
	*access.Access
	store store.Store
	clock *clock.Moved
	url   string
}

// mirror is a seal that anybody can open: tests see that it is used.
type mirror struct{}

func (mirror) Seal(plain []byte) ([]byte, error) { return turned(plain), nil }
func (mirror) Open(plain []byte) ([]byte, error) { return turned(plain), nil }

func turned(b []byte) []byte {
	t := make([]byte, len(b))
	for i, c := range b {
		t[len(b)-1-i] = c
	}
	return t
}

func open(t *testing.T) *desk { return openOn(t, lite(t)) }

func lite(t *testing.T) store.Store {
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "clinic.db"))
	return ready(t, s, err)
}

func large(t *testing.T) store.Store {
	s, err := postgres.Open(t.Context(), storetest.Postgres(t))
	return ready(t, s, err)
}

func ready(t *testing.T, s store.Store, err error) store.Store {
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func openOn(t *testing.T, s store.Store) *desk {
	d := &desk{T: t, store: s, clock: clock.NewStill(morning)}
	var ids atomic.Int64
	d.Access = access.New(access.Parts{Store: s, Now: d.clock.Now, IDs: func() string { return fmt.Sprint("id", ids.Add(1)) },
		Sealer: mirror{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Address: func(r *http.Request) string { return r.Header.Get("From-Address") }})
	d.url = serve(t, d.Handler(d.pages()))
	return d
}

func (d *desk) pages() http.Handler {
	mux := http.NewServeMux()
	stage := func(f func(context.Context, *http.Request) (access.Stage, error)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			stage, err := f(r.Context(), r)
			if err == nil && stage == access.In {
				err = d.KnowAgain(r.Context(), w)
			}
			_, _ = fmt.Fprintf(w, "%d %v", stage, err)
		}
	}
	mux.HandleFunc("POST /in", stage(func(ctx context.Context, r *http.Request) (access.Stage, error) {
		return d.SignIn(ctx, r.FormValue("login"), r.FormValue("password"))
	}))
	mux.HandleFunc("GET /sessions", func(w http.ResponseWriter, r *http.Request) {
		all, err := d.Sessions(r.Context())
		if err != nil {
			d.Error(err)
		}
		var told []string
		for _, s := range all {
			one := fmt.Sprint(s.Address, " ", s.Since.UTC().Format("3:04"), " ", s.Browser)
			if s.Own {
				one += " own"
			}
			told = append(told, one)
		}
		_, _ = io.WriteString(w, strings.Join(told, "; "))
	})
	mux.HandleFunc("POST /sessions/end", func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, d.EndOthers(r.Context())) })
	mux.HandleFunc("POST /code", stage(func(ctx context.Context, r *http.Request) (access.Stage, error) {
		return d.Code(ctx, r.FormValue("code"))
	}))
	mux.HandleFunc("POST /choose", stage(func(ctx context.Context, r *http.Request) (access.Stage, error) {
		return d.Choose(ctx, r.FormValue("password"))
	}))
	mux.HandleFunc("POST /change", stage(func(ctx context.Context, r *http.Request) (access.Stage, error) {
		return d.Stage(ctx), d.Repassword(ctx, r.FormValue("old"), r.FormValue("password"))
	}))
	mux.HandleFunc("POST /out", stage(func(ctx context.Context, _ *http.Request) (access.Stage, error) {
		return access.Outside, d.SignOut(ctx)
	}))
	mux.HandleFunc("GET /me", func(w http.ResponseWriter, r *http.Request) {
		who, in := access.From(r.Context())
		_, still, err := d.Still(r.Context())
		if still != in {
			d.Errorf("signed in: %v, still: %v, %v", in, still, err)
		}
		_, _ = io.WriteString(w, who.Login)
	})
	return mux
}

// somebody has an account; nobody asks for another password.
func (d *desk) somebody(login string, role access.Role) access.Account {
	d.Helper()
	a, err := d.AddWith(d.Context(), access.Account{Login: login, Name: "Анна", Role: role, Practitioner: "smith"}, good, false)
	if err != nil {
		d.Fatal(err)
	}
	return a
}

// browser is somebody at some computer.
type browser struct {
	*desk
	http.Client
	address string
}

func (d *desk) browser(address string) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.Fatal(err)
	}
	return &browser{desk: d, Client: http.Client{Jar: jar}, address: address}
}

// at is the same browser at another address.
func (b *browser) at(address string) *browser {
	moved := *b
	moved.address = address
	return &moved
}

func (b *browser) ask(method, path string, fields ...string) string {
	b.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := http.NewRequestWithContext(b.Context(), method, b.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("From-Address", b.address)
	answer, err := b.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	return string(body)
}

func (b *browser) signIn(login, password string) string {
	b.Helper()
	return b.ask("POST", "/in", "login", login, "password", password)
}

// is wants the visitor to be signed in as the login; empty = not at all.
func (b *browser) is(login string) {
	b.Helper()
	if got := b.ask("GET", "/me"); got != login {
		b.Errorf("signed in as %q, want %q", got, login)
	}
}

// token is what the browser's cookie holds.
func (b *browser) token() *http.Cookie {
	b.Helper()
	u, _ := url.Parse(b.url)
	for _, c := range b.Jar.Cookies(u) {
		if c.Name == "desk" {
			return c
		}
	}
	return nil
}

func (b *browser) carry(c *http.Cookie) {
	u, _ := url.Parse(b.url)
	b.Jar.SetCookies(u, []*http.Cookie{c})
}

func (d *desk) want(what, got, want string) {
	d.Helper()
	if got != want {
		d.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// done are the actions of the audit, the newest first.
func (d *desk) done(account string) (actions []string) {
	d.Helper()
	err := d.store.Read(d.Context(), func(tx store.Tx) error {
		deeds, err := tx.Deeds(d.Context(), store.Deeds{Account: account, Limit: 100})
		for _, e := range deeds {
			actions = append(actions, e.Action)
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return actions
}

func serve(t *testing.T, h http.Handler) string {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
