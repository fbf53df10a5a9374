package page_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page/pagetest"
	"careline/channels/browsertest"
	"careline/store"
)

// lines are how many live streams are open, and how many were at most.
type lines struct{ now, most atomic.Int32 }

// count puts itself between the browser and the desk.
func (l *lines) count(t *testing.T, s *pagetest.Stage) {
	t.Helper()
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/live") {
			l.most.Store(max(l.most.Load(), l.now.Add(1)))
			defer l.now.Add(-1)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		line.CloseClientConnections()
		line.Close()
	})
	s.URL = line.URL
}

// ticket comes in.
func ticket(t *testing.T, s *pagetest.Stage, c store.Contact, id string) {
	t.Helper()
	change(t, s.Desk.Store, func(ctx context.Context, tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.OpenTickets(ctx, []store.Ticket{{ID: id, ContactID: c.ID, PatientID: c.PatientID, Kind: "asked", Priority: "normal", State: "open", CreatedAt: s.Clock.Now()}})
	})
}

// A browser opens six connections to a site: with a stream in each tab the seventh would wait for ever.
func TestEightTabsWorkAndOneOfThemRings(t *testing.T) {
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), (&heard{back: make(chan string, 10)}).routes)
	var l lines
	l.count(t, s)
	anna, _ := meet(t, s.Desk.Store)
	tabs := []*browsertest.Tab{s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)}
	for i := range 7 {
		tab := tabs[0].Beside()
		tab.Go(fmt.Sprint(s.URL, "/desk/inbox?", i))
		tab.Until(`doc.readyState === "complete" && doc.body.dataset.account`)
		tabs = append(tabs, tab)
	}
	ring := func(id, counted string) {
		t.Helper()
		ticket(t, s, anna, id)
		for _, tab := range tabs {
			tab.Until(`doc.title.startsWith("(` + counted + `) ")`)
		}
		rang := 0
		for rang == 0 { // else the test ends by its time
			for _, tab := range tabs {
				if tab.Get(`doc.getElementById("said").innerText`) != "" {
					rang++
				}
			}
		}
		for _, tab := range tabs {
			tab.Get(`doc.getElementById("said").innerText = ""`)
		}
		if most := l.most.Load(); rang != 1 || most > 4 {
			t.Errorf("%d tabs rang; %d streams were open at once", rang, most)
		}
	}
	ring("k1", "1") // all are seen, in windows beside each other

	for _, tab := range tabs {
		hide(tab, true)
	}
	for l.now.Load() > 1 { // else the test ends by its time
		runtime.Gosched()
	}
	s.Clock.Advance(time.Minute)
	ring("k2", "2")

	hide(tabs[5], false) // somebody comes back to it
	for l.now.Load() < 2 {
		runtime.Gosched()
	}
	tabs[5].Until(`doc.title.startsWith("(2) ")`)
}

// hide tells the tab that another one is before it: this browser without a screen shows all.
func hide(tab *browsertest.Tab, hidden bool) {
	tab.Get(fmt.Sprintf(`(Object.defineProperty(doc, "hidden", { value: %t, configurable: true }), doc.dispatchEvent(new Event("visibilitychange")))`, hidden))
}
