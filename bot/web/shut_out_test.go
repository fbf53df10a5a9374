package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web"
	"careline/bot/web/page"
	"careline/dialogs/clinic"
	"careline/store"
)

// screen is an open page, and what it is told.
type screen struct {
	*httptest.ResponseRecorder
	told chan string
}

func (s screen) Write(b []byte) (int, error) {
	s.told <- string(b)
	return len(b), nil
}

// Whoever is shut out, or signs out elsewhere, is shown nothing more, however long a page was open, and however soon after it was
// last drawn. Time passes at once here, so it is seen whether they hear of it, or notice when they next look by themselves.
func TestOpenPagesEndWithTheSession(t *testing.T) {
	for _, after := range []time.Duration{0, 300 * time.Millisecond, time.Second, time.Hour} {
		t.Run(after.String(), func(t *testing.T) {
			var db struct{ store.Store } // opened where time passes at once; scs begins what never ends, and so stays outside
			ids := 0
			people := access.New(access.Parts{Store: &db, Now: func() time.Time { return bottest.Monday }, Sealer: plainSeal{}, Log: slog.New(slog.DiscardHandler),
				IDs: func() string { ids++; return strconv.Itoa(ids) }})
			synctest.Test(t, func(t *testing.T) {
				db.Store = bottest.SQLite(t)
				shutOut(t, people, bottest.New(t, db.Store, "a"), after)
			})
		})
	}
}

func shutOut(t *testing.T, people *access.Access, w *bottest.World, after time.Duration) {
	silent := slog.New(slog.DiscardHandler)
	desk := page.Desk{Store: w.Store, Clinic: w.Runner.Clinic, Scripts: w.Runner.Scripts, Files: clinic.Files(), Channels: w.Runner.Channels,
		Clock: w.Clock, IDs: w.ID, Access: people, Live: page.NewLive(w.Store, silent), Log: silent}
	office := web.Office(desk, people, w.Runner)
	anna, err := people.AddWith(t.Context(), access.Account{Login: "anna", Name: "Анна", Role: access.Administrator, Language: "ru"}, password, false)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if err := desk.Live.Run(t.Context()); err != nil {
			t.Error(err)
		}
	}()

	login := httptest.NewRequest(http.MethodPost, "/desk/login", strings.NewReader(url.Values{"login": {"anna"}, "password": {password}}.Encode()))
	login.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	in := httptest.NewRecorder()
	office.ServeHTTP(in, login)
	look := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/desk/live", nil)
	for _, c := range in.Result().Cookies() {
		look.AddCookie(c)
	}
	open := screen{httptest.NewRecorder(), make(chan string)}
	go func() {
		office.ServeHTTP(open, look)
		close(open.told)
	}()
	if first := <-open.told; !strings.Contains(first, "event: clock") {
		t.Fatalf("the page shows %q", first)
	}
	for until := time.After(after); until != nil; {
		select {
		case <-open.told:
		case <-until:
			until = nil
		}
	}
	shut := time.Now()
	if err := people.Disable(access.With(context.WithoutCancel(t.Context()), access.Account{}, "here"), anna.ID); err != nil {
		t.Fatal(err)
	}
	all := ""
	for told := range open.told {
		all += told
	}
	if waited := time.Since(shut); !strings.HasSuffix(all, "event: expired\ndata:\n\n") || waited > 2*time.Second {
		t.Errorf("%v later the page was told %q", waited, all)
	}
}
