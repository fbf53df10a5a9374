package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page/pagetest"
)

// wire is the network between the browser and the desk; it can be cut.
type wire struct {
	server *httptest.Server
	broken atomic.Bool
}

func lay(t *testing.T, s *pagetest.Stage) *wire {
	t.Helper()
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	w := &wire{}
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if w.broken.Load() {
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(func() {
		w.server.CloseClientConnections()
		w.server.Close()
	})
	s.URL = w.server.URL
	return w
}

func (w *wire) cut() {
	w.broken.Store(true)
	w.server.CloseClientConnections()
}

func (w *wire) mend() { w.broken.Store(false) }

func TestALostNetworkIsToldAndWhatWasMissedComesWithIt(t *testing.T) {
	h := &heard{back: make(chan string, 10)}
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), h.routes)
	w := lay(t, s)
	anna, _ := meet(t, s.Desk.Store)
	tab := s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)
	tab.Until(`doc.readyState === "complete" && localStorage.getItem("careline.newest.account-owner") === "0"`)
	w.cut()
	tab.Shows("#offline", "Нет связи")
	ticket(t, s, anna, "k1")
	w.mend()
	tab.Until(`doc.getElementById("offline").hidden && doc.title.startsWith("(1) ")`)
	tab.Shows("#said", "Новое обращение")

	s.Out.Store(true) // signed out elsewhere, or disabled
	ticket(t, s, anna, "k2")
	tab.Until(`doc.location.pathname === "/desk/login" && doc.location.search === "?why=ended&back=%2Fdesk%2Finbox"`)
}

// The browser's clock differs from the beginning, and is then set an hour ahead.
func TestAWrongClockOfTheBrowserChangesNothing(t *testing.T) {
	_, _, tab := sit(t)
	tab.Until(`doc.getElementById("soon").innerText === "12 мин"`)
	tab.Get(`(() => { const now = Date.now; Date.now = () => now() + 3600000; })()`)
	tab.Get(`doc.getElementById("soon").dataset.deadline = "2026-11-23T07:20:30Z"`)
	tab.Until(`doc.getElementById("soon").innerText === "20 мин"`)
}
