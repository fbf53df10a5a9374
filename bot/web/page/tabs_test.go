package page_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page/pagetest"
	"careline/channels/browsertest"
	"careline/store"
)

// lines are how many live streams are open, and how many were at most.
type lines struct {
	mu        sync.Mutex
	changed   *sync.Cond
	now, most int
}

func (l *lines) more(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now += n
	l.most = max(l.most, l.now)
	l.changed.Broadcast()
}

// until so many are open; else the test ends by its time.
func (l *lines) until(what func(now int) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !what(l.now) {
		l.changed.Wait()
	}
}

// count puts itself between the browser and the desk.
func count(t *testing.T, s *pagetest.Stage) *lines {
	t.Helper()
	l := &lines{}
	l.changed = sync.NewCond(&l.mu)
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/live") {
			l.more(1)
			defer l.more(-1)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		line.CloseClientConnections()
		line.Close()
	})
	s.URL = line.URL
	return l
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
func TestEightTabsWorkAndOneOfThemRings(t *testing.T) { eightTabs(t, "127.0.0.1", "LockManager") }

// A clinic's server in its own network has an address and plain http, where browsers give pages no locks.
func TestEightTabsWorkOverPlainHTTP(t *testing.T) {
	tabs, l := eightTabs(t, browsertest.Plain, "Leases")
	for _, tab := range tabs {
		hide(tab, true)
	}
	keeper := func(do string) { tabs[0].Get(`localStorage.` + do) }
	keeper(`setItem("careline.lease.careline.keeper", "another " + Date.now())`) // while ours was asleep
	l.until(func(now int) bool { return now == 0 })
	keeper(`removeItem("careline.lease.careline.keeper")`)
	l.until(func(now int) bool { return now == 1 })
}

// mostStreams is less than the six connections of a browser: four, and one that the server has not seen closed yet.
const mostStreams = 5

func eightTabs(t *testing.T, host, locks string) ([]*browsertest.Tab, *lines) {
	t.Helper()
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), (&heard{back: make(chan string, 10)}).routes)
	l := count(t, s)
	s.URL = strings.Replace(s.URL, "127.0.0.1", host, 1)
	anna, _ := meet(t, s.Desk.Store)
	tabs := []*browsertest.Tab{s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)}
	for i := range 7 {
		tab := tabs[0].Beside()
		tab.Go(fmt.Sprint(s.URL, "/desk/inbox?", i))
		tab.Until(`doc.readyState === "complete" && doc.body.dataset.account`)
		tabs = append(tabs, tab)
	}
	if has := tabs[0].Get(`navigator.locks.constructor.name`); has != locks {
		t.Errorf("%s has %s", s.URL, has)
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
		if rang != 1 {
			t.Errorf("%d tabs rang", rang)
		}
	}
	ring("k1", "1") // all are seen, in windows beside each other

	for _, tab := range tabs {
		hide(tab, true)
	}
	l.until(func(now int) bool { return now <= 1 })
	s.Clock.Advance(time.Minute)
	ring("k2", "2")

	hide(tabs[5], false) // somebody comes back to it
	l.until(func(now int) bool { return now >= 2 })
	tabs[5].Until(`doc.title.startsWith("(2) ")`)
	l.until(func(int) bool {
		if l.most > mostStreams {
			t.Errorf("%d streams were open at once", l.most)
		}
		return true
	})
	return tabs, l
}

// hide tells the tab that another one is before it: this browser without a screen shows all.
func hide(tab *browsertest.Tab, hidden bool) {
	tab.Get(fmt.Sprintf(`(Object.defineProperty(doc, "hidden", { value: %t, configurable: true }), doc.dispatchEvent(new Event("visibilitychange")))`, hidden))
}
