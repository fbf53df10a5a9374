package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/channels/browsertest"

	"github.com/a-h/templ"
)

const desk = `<div class="page"><h1>Чаты</h1><ul class="list" data-list>
<li><a href="/desk/inbox?1" data-row>Анна</a></li><li><a href="/desk/inbox?2" data-row>Борис</a></li></ul>
<time id="soon" data-deadline="2026-11-23T07:12:30Z"></time><time id="past" data-deadline="2026-11-23T05:00:00Z"></time>
<form method="post" action="/desk/say" hx-post="/desk/say" hx-swap="none" data-once>
<textarea name="text" aria-label="Ответ" data-key="r" data-draft="anna"></textarea><button>Отправить</button>`

// heard are the texts that arrived, by the id under which they were sent.
type heard struct {
	mu   sync.Mutex
	all  []string
	once []string
	back chan string // from where people come to the login
}

func (h *heard) routes(page.Desk) []page.Route {
	show := func(q *page.Request) error {
		return q.Show(page.Inbox, "Чаты", templ.Join(templ.Raw(desk), page.Once(q), templ.Raw("</form></div>")))
	}
	return []page.Route{
		{Pattern: "GET /desk/inbox", Needs: access.ReadChats, Handle: show},
		{Pattern: "GET /desk/today", Needs: access.SeeDay, Handle: func(q *page.Request) error { return q.Show(page.Today, "День", templ.Raw("<h1>День</h1>")) }},
		{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error {
			if back := q.R.URL.Query().Get("back"); back != "" {
				h.back <- back
			}
			return q.Plain("Вход", templ.Raw("<h1>Вход</h1>"))
		}},
		{Pattern: "POST /desk/say", Needs: access.Answer, Handle: func(q *page.Request) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.all = append(h.all, q.Form().Text("text"))
			h.once = append(h.once, q.Once())
			q.Toast("desk.page.js.back")
			return q.Part(templ.Raw(""))
		}},
	}
}

func (h *heard) said() ([]string, []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all), slices.Clone(h.once)
}

func sit(t *testing.T) (*pagetest.Stage, *heard, *browsertest.Tab) {
	t.Helper()
	h := &heard{back: make(chan string, 10)}
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), h.routes)
	return s, h, s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)
}

// reply takes the key to the answer's field. The driver types the letter itself there, which no keyboard does.
func reply(tab *browsertest.Tab) {
	tab.Press("r")
	tab.Until(`doc.activeElement.name === "text"`)
	tab.Get(`doc.activeElement.value = ""`)
}

func TestTheKeyboardGoesEverywhere(t *testing.T) {
	_, _, tab := sit(t)
	tab.Until(`doc.readyState === "complete"`)
	tab.Press("j")
	tab.Until(`doc.activeElement.innerText === "Анна"`)
	tab.Press("j")
	tab.Press("j") // the last stays
	tab.Until(`doc.activeElement.innerText === "Борис"`)
	tab.Press("k")
	tab.Until(`doc.activeElement.innerText === "Анна"`)
	reply(tab)
	tab.Press("gt") // typed, and nobody goes
	tab.Until(`doc.activeElement.value === "gt"`)
	tab.Get(`doc.activeElement.blur()`)
	tab.Press("?")
	tab.Until(`doc.getElementById("keys").open`)
	tab.Get(`doc.getElementById("keys").close()`)
	tab.Press("gt")
	tab.Until(`doc.querySelector("h1").innerText === "День"`)
}

// Keys are taken by their place: a Russian keyboard has «к» where r is, and its «?» over the seven.
func TestTheKeyboardWorksInRussian(t *testing.T) {
	_, _, tab := sit(t)
	tab.Until(`doc.readyState === "complete"`)
	strike := func(key, code string) {
		tab.Get(`doc.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "` + key + `", code: "` + code + `", shiftKey: "` + key + `" === "?", bubbles: true}))`)
	}
	strike("о", "KeyJ")
	tab.Until(`doc.activeElement.innerText === "Анна"`)
	strike("к", "KeyR")
	tab.Until(`doc.activeElement.name === "text"`)
	strike("?", "Digit7") // typed, and nothing opens
	strike("Escape", "Escape")
	tab.Until(`doc.activeElement.name !== "text" && !doc.getElementById("keys").open`)
	strike("?", "Digit7")
	tab.Until(`doc.getElementById("keys").open`)
	tab.Press("\x1b")
	tab.Until(`!doc.getElementById("keys").open`)
	strike("п", "KeyG")
	strike("е", "KeyT")
	tab.Until(`doc.querySelector("h1").innerText === "День"`)
}

func TestTheFirstTabLeadsToTheContent(t *testing.T) {
	_, _, tab := sit(t)
	tab.Until(`doc.readyState === "complete"`)
	tab.Press("\t")
	tab.Until(`doc.activeElement.className === "skip" && doc.activeElement.getBoundingClientRect().top >= 0`)
	tab.Press("\r")
	tab.Until(`doc.activeElement.id === "main"`)
	tab.Press("\t")
	tab.Until(`doc.activeElement.innerText === "Анна"`)
}

func TestCountdownsRunByTheServersClock(t *testing.T) {
	_, _, tab := sit(t) // the server's clock stands in 2026, the browser's does not
	tab.Until(`doc.getElementById("soon").innerText === "12 мин"`)
	tab.Until(`doc.getElementById("past").innerText === "просрочено на 2 ч" && doc.getElementById("past").classList.contains("late")`)
}

func TestADraftOutlivesTheSessionAndEndsWithTheSending(t *testing.T) {
	s, h, tab := sit(t)
	tab.Until(`doc.readyState === "complete"`)
	reply(tab)
	tab.Press("Добрый день")
	tab.Until(`doc.activeElement.value === "Добрый день"`)
	tab.Get(`document.cookie = "seat=; max-age=0; path=/"`)
	tab.Tap("button", "Отправить")
	for <-h.back != "/desk/inbox" { // else the test ends by its time
	}
	tab.Until(`doc.location.pathname === "/desk/login" && doc.readyState === "complete"`) // it would end the next way
	tab.Go(s.URL + "/desk/login")
	tab.Get(`document.cookie = "seat=owner; path=/"`)
	tab.Go(s.URL + "/desk/inbox")
	tab.Until(`doc.querySelector("textarea").value === "Добрый день"`)
	tab.Tap("button", "Отправить")
	tab.Shows(".toast", "Связь вернулась")
	tab.Go(s.URL + "/desk/inbox")
	tab.Until(`window.htmx && doc.readyState === "complete"`)
	if text := tab.Get(`doc.querySelector("textarea").value`); text != "" {
		t.Errorf("what was sent is back: %s", text)
	}
	if all, _ := h.said(); !slices.Equal(all, []string{"Добрый день"}) {
		t.Errorf("heard %q", all)
	}
}

func TestWhatTheNetworkLostIsSentAgainUnderTheSameID(t *testing.T) {
	h := &heard{back: make(chan string, 10)}
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), h.routes)
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	// Forms arrive, and their answers are lost on the way back, until the network is mended. Browsers repeat some by themselves.
	var broken atomic.Bool
	broken.Store(true)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && broken.Load() {
			proxy.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		line.CloseClientConnections()
		line.Close()
	})
	s.URL = line.URL
	tab := s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)
	tab.Until(`doc.readyState === "complete"`)
	reply(tab)
	tab.Press("Ждём вас")
	tab.Tap("button", "Отправить")
	tab.Shows(".toast", "нет связи")
	broken.Store(false)
	tab.Shows(".toast", "Связь вернулась")
	all, once := h.said()
	if len(all) < 2 || len(slices.Compact(all)) != 1 || len(slices.Compact(slices.Clone(once))) != 1 || once[0] == "" {
		t.Errorf("heard %q under %q", all, once)
	}
	if now := tab.Get(`doc.querySelector("[name=once]").value`); now == once[0] {
		t.Error("the next form would be taken for the same")
	}
}

// Whoever is 320 pixels wide, enlarges a page twice, likes no motion or sees forced colours reaches everything.
func TestThePageSuitsEverybody(t *testing.T) {
	s, _, tab := sit(t)
	anna, _ := meet(t, s.Desk.Store)
	ticket(t, s, anna, "k1")
	for _, width := range []int{320, 640} {
		tab.Resize(width, 600)
		tab.Go(s.URL + "/desk/today")
		tab.Until(`doc.readyState === "complete" && doc.title.startsWith("(1) ") && doc.documentElement.scrollWidth <= innerWidth`)
		tab.Until(`(b => b.left >= 0 && b.right <= innerWidth)(doc.querySelector(".bar [aria-current=page]").getBoundingClientRect())`)
		tab.Accessible()
	}
	tab.Prefer("prefers-reduced-motion", "reduce")
	tab.Get(`doc.dispatchEvent(new CustomEvent("careline:toasts", {detail: {toasts: [{text: "Готово"}]}}))`)
	tab.Shows(".toast", "Готово")
	if moves := tab.Get(`doc.getAnimations().length`); moves != "0" {
		t.Errorf("%s things move", moves)
	}
	tab.Prefer("forced-colors", "active")
	tab.Until(`matchMedia("(forced-colors: active)").matches`)
	for _, mark := range []string{".count", ".bar [aria-current=page]"} {
		if drawn := tab.Get(`(e => parseFloat(e.borderWidth) > 0 || parseFloat(e.outlineWidth) > 0)(getComputedStyle(doc.querySelector("` + mark + `")))`); drawn != "true" {
			t.Errorf("%s cannot be told in forced colours", mark)
		}
	}
}
