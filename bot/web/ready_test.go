package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/bot/web"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// unreachable is a store that nobody reaches.
type unreachable struct{ store.Store }

func (unreachable) Ping(context.Context) error { return store.ErrUnavailable }

// ailing is a messenger that tells how it is.
type ailing struct {
	*bottest.Messenger
	trouble error
}

func (a ailing) Healthy(context.Context) error { return a.trouble }

func (a ailing) Advice() []string { return []string{"give the bot a right"} }

func TestOnlyOurOwnTroubleTakesUsFromTheBalancer(t *testing.T) {
	db := bottest.SQLite(t)
	for _, c := range []struct {
		story    string
		store    store.Store
		working  bool
		trouble  error
		path     string
		want     int
		database string
		channel  string
	}{
		{"all is well", db, true, nil, "/readyz", 200, "works", "works"},
		{"the messenger is down", db, true, errors.New("token 123:abc was revoked"), "/readyz", 200, "works", "does not work"},
		{"somebody watches the messengers too", db, true, errors.New("token 123:abc was revoked"), "/readyz?channels", 503, "works", "does not work"},
		{"the database is gone", unreachable{db}, true, nil, "/readyz", 503, "does not work", "does not work"},
		{"we are starting", db, false, nil, "/readyz", 503, "works", "does not work"},
	} {
		handler := web.Handler(web.Parts{
			Store: c.store, Channels: []channels.Channel{ailing{&bottest.Messenger{}, c.trouble}}, Gatherer: prometheus.NewRegistry(),
			Working: func() bool { return c.working }, Log: slog.New(slog.DiscardHandler),
		})
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, c.path, nil))
		body := answer.Body.String()
		if answer.Code != c.want || !strings.Contains(body, "\ndatabase: "+c.database+"\n") || !strings.Contains(body, "\ntest: "+c.channel+"\n") {
			t.Errorf("%s: %d %q", c.story, answer.Code, body)
		}
		if !strings.HasSuffix(body, "\nadvice: give the bot a right\n") {
			t.Errorf("%s: nobody is told how it could work better: %q", c.story, body)
		}
		if strings.Contains(body, "abc") {
			t.Errorf("%s: everybody is told why: %q", c.story, body)
		}
	}
}
