// Package pagetest is a desk for tests of pages: the sample clinic at work, and people of every role before it.
package pagetest

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/channels/browsertest"
	"careline/dialogs/clinic"
)

// Stage is a desk that is served.
type Stage struct {
	*bottest.World
	Desk page.Desk
	URL  string      // of the server
	Out  atomic.Bool // the sessions of all have ended
	Log  *strings.Builder
	// Language of the people before it; empty = Russian.
	Language string
	handler  http.Handler
}

// Open serves pages over the world; live parts work.
func Open(t testing.TB, w *bottest.World, routes func(page.Desk) []page.Route) *Stage {
	t.Helper()
	s := &Stage{World: w, Log: &strings.Builder{}}
	real := access.New(access.Parts{Store: w.Runner.Store, Now: w.Clock.Now, IDs: w.ID, Log: slog.New(slog.DiscardHandler)})
	s.Desk = page.Desk{
		Store: w.Runner.Store, Clinic: w.Runner.Clinic, Scripts: w.Runner.Scripts, Files: clinic.Files(), Channels: w.Runner.Channels, Clock: w.Clock, IDs: w.ID,
		Access: seats{real, s}, Live: page.NewLive(w.Runner.Store, slog.New(slog.DiscardHandler)), Log: slog.New(slog.NewTextHandler(s.Log, nil)),
	}
	s.handler = page.Handler(s.Desk, routes(s.Desk)...)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Desk.Live.Run(ctx) }()
	server := httptest.NewServer(s.handler)
	s.URL = server.URL
	t.Cleanup(func() {
		stop()
		<-ended
		server.Close()
	})
	return s
}

// Account is who has the role here; the practitioner is the clinic's first.
func (s *Stage) Account(role access.Role) access.Account {
	a := access.Account{ID: "account-" + string(role), Login: string(role), Name: "Ирина Белова", Role: role, Language: cmp.Or(s.Language, "ru")}
	if role == access.Practitioner {
		a.Practitioner = s.Desk.Clinic.Practitioners[0].ID
	}
	return a
}

// seats lets people in by a cookie with their role.
type seats struct {
	*access.Access
	stage *Stage
}

const seat = "seat"

// Handler implements page.Access.
func (a seats) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie(seat); err == nil && !a.stage.Out.Load() {
			r = r.WithContext(access.With(r.Context(), a.stage.Account(access.Role(c.Value)), "192.0.2.1"))
		}
		next.ServeHTTP(w, r)
	})
}

// Still implements page.Access.
func (a seats) Still(ctx context.Context) (access.Account, bool, error) {
	account, in := access.From(ctx)
	return account, in && !a.stage.Out.Load(), nil
}

// Person asks the desk for pages.
type Person struct {
	stage *Stage
	role  access.Role
}

// As is a person of the role; an empty one has not signed in.
func (s *Stage) As(role access.Role) Person { return Person{s, role} }

// Get asks for a page; header are names and values.
func (p Person) Get(path string, header ...string) *httptest.ResponseRecorder {
	return p.Do(httptest.NewRequest(http.MethodGet, path, nil), header...)
}

// Post sends a form.
func (p Person) Post(path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.Do(r, header...)
}

// Do sends the request as the person.
func (p Person) Do(r *http.Request, header ...string) *httptest.ResponseRecorder {
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if p.role != "" {
		r.AddCookie(&http.Cookie{Name: seat, Value: string(p.role)})
	}
	w := httptest.NewRecorder()
	p.stage.handler.ServeHTTP(w, r)
	return w
}

// Browser opens the path in a real browser, of that many pixels, as a person of the role.
func (s *Stage) Browser(t testing.TB, role access.Role, path string, width, height int) *browsertest.Tab {
	t.Helper()
	tab := browsertest.Open(t, width, height)
	tab.Go(s.URL + "/none") // a page of the server, to have its cookie
	tab.Get(`document.cookie = "` + seat + `=` + string(role) + `; path=/"`)
	tab.Go(s.URL + path)
	return tab
}
