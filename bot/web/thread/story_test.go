package thread_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/channels/browsertest"
	"careline/store"
)

// wire is the way to the desk; it can lose the answer to a reply that the desk has taken.
type wire struct {
	*httptest.Server
	lose, lost atomic.Int32
}

func through(t *testing.T, to string) *wire {
	t.Helper()
	at, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{}
	proxy := httputil.NewSingleHostReverseProxy(at)
	proxy.ModifyResponse = func(r *http.Response) error {
		if strings.HasSuffix(r.Request.URL.Path, "/say") && w.lose.Add(-1) >= 0 {
			w.lost.Add(1)
			return errors.New("the line is cut")
		}
		return nil
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	w.Server = httptest.NewServer(proxy)
	w.Config.ErrorLog = nil
	t.Cleanup(w.Close)
	return w
}

// chooses a file at the page.
func chooses(tab *browsertest.Tab, name, data string) {
	tab.Get(fmt.Sprintf(`(() => { const l = new DataTransfer(); l.items.add(new File([%q], %q)); const f = doc.getElementById("attach"); f.files = l.files;
		f.dispatchEvent(new Event("change", {bubbles: true})); })()`, data, name))
	tab.Shows("#chosen", name)
}

func writes(tab *browsertest.Tab, text string) {
	tab.Until(`doc.getElementById("words") && window.htmx && doc.readyState === "complete"`)
	tab.Get(`doc.getElementById("words").focus()`)
	tab.Press(text)
	tab.Until(fmt.Sprintf(`doc.getElementById("words").value === %q`, text))
}

func sends(tab *browsertest.Tab) { tab.Get(`doc.getElementById("compose").requestSubmit()`) }

// Neither a session that ends nor a line that is cut takes words or files away, or says them twice.
func TestNothingIsLostAndNothingSaidTwice(t *testing.T) {
	w := busy(t)
	s := open(t, w)
	line := through(t, s.URL)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	tab := s.Browser(t, access.Administrator, "/none", 1280, 800)
	tab.Go(line.URL + chat)
	writes(tab, "Ваш план лечения")
	chooses(tab, "план.pdf", "%PDF-1.7 план")
	tab.Accessible()
	tab.Picture("chat-files")
	tab.Get(`document.cookie = "seat=; path=/; max-age=0"`) // the session is over
	sends(tab)
	tab.Until(`location.pathname === "/desk/login" && location.search.includes("chats")`)
	tab.Get(`document.cookie = "seat=administrator; path=/"`)
	tab.Go(line.URL + chat)
	tab.Until(`doc.getElementById("words").value === "Ваш план лечения"`)
	tab.Shows("#chosen", "план.pdf")

	line.lose.Store(2)
	sends(tab)
	tab.Until(`doc.getElementById("words").readOnly || doc.getElementById("words").value === ""`)
	tab.Until(`doc.getElementById("words").value === "" && !doc.querySelector("#chosen li")`)
	if line.lost.Load() != 2 {
		t.Errorf("%d answers were lost", line.lost.Load())
	}
	settle(t, w)
	tab.Shows("#chat-lines .human", "Ваш план лечения")
	if said := told(w, "Ваш план лечения"); len(said) != 1 || len(said[0].Files) != 1 {
		t.Errorf("the phone shows %+v", said)
	}
	writes(tab, "И ещё слово") // the next words are others
	sends(tab)
	tab.Until(`doc.getElementById("words").value === ""`)
	settle(t, w)
	tab.Shows("#chat-lines .human", "И ещё слово")
}

// Whoever is erased while their chat is open is gone from the page, and nothing can be sent to them.
func TestSomebodyIsErasedWhileTheirChatIsOpen(t *testing.T) {
	w := busy(t)
	s := open(t, w)
	anna := contactOf(t, w, "anna")
	tab := s.Browser(t, access.Administrator, "/desk/chats/"+anna.ID, 1280, 800)
	writes(tab, "Анна Петрова, как вы?")
	s.As(access.Owner).Post("/desk/chats/"+anna.ID+"/typing", nil, "HX-Request", "true")
	tab.Shows("#chat-writing", "Ирина Белова пишет…")
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.Erase(t.Context(), anna.PatientID, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	tab.Shows("#chat", "Пациент удалил свои данные")
	tab.Until(`!doc.getElementById("compose") && !doc.body.innerText.includes("Петрова") && !doc.title.includes("Петрова")`)
	tab.Until(`!Object.values(sessionStorage).join().includes("Петрова")`)
	tab.Accessible()
	tab.Picture("chat-gone")
	a := s.As(access.Administrator).Post("/desk/chats/"+anna.ID+"/say", url.Values{"text": {"Вы здесь?"}, "seen": {"0"}}, "HX-Request", "true")
	if a.Code != http.StatusNotFound && a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), "удалил") {
		t.Errorf("words to nobody: %d\n%s", a.Code, a.Body)
	}
}

// A chat of ten thousand lines opens at its end; older ones come as one scrolls, days are found, and what comes in moves nothing.
func TestAChatOfTenThousandLines(t *testing.T) {
	w := world(t)
	c := contactOf(t, w, "anna")
	const lines = 10_000
	start := w.Clock.Now().AddDate(0, 0, -100)
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		var out []store.Output
		var sent []store.Delivery
		for i := range lines {
			at := start.AddDate(0, 0, i*100/lines)
			id := w.ID()
			out = append(out, store.Output{ID: id, ContactID: c.ID, Channel: c.Channel, Chat: c.Chat, Class: "service", Payload: []byte(`{"text":"слово ` + strconv.Itoa(i) + `."}`), CreatedAt: at})
			sent = append(sent, store.Delivery{ID: id, At: at})
		}
		if err := tx.Put(t.Context(), out); err != nil {
			return err
		}
		_, err := tx.Sent(t.Context(), sent)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, w)
	chat := "/desk/chats/" + c.ID
	tab := s.Browser(t, access.Administrator, chat, 390, 844)
	tab.Shows("#chat-lines", "слово 9999.")
	tab.Until(`doc.getElementById("said-here").scrollTop > 500 && doc.getElementById("to-end").hidden && window.htmx && doc.readyState === "complete"`)
	tab.Get(`doc.getElementById("said-here").scrollTop = 0`) // older ones come
	tab.Shows(".earlier", "слово 9900.")
	tab.Get(`[...doc.querySelectorAll(".said-line")].find(l => l.innerText.includes("слово 9945.")).scrollIntoView({block: "start"})`)
	tab.Until(`!doc.getElementById("to-end").hidden`)
	where := `Math.round([...doc.querySelectorAll(".said-line")].find(l => l.innerText.includes("слово 9945.")).getBoundingClientRect().top)`
	before := tab.Get(where)
	w.Says("anna", "Вы ещё здесь?")
	tab.Until(`doc.getElementById("to-end").classList.contains("has-new")`)
	if after := tab.Get(where); after != before {
		t.Errorf("what one reads has moved from %s to %s", before, after)
	}
	tab.Until(`doc.getElementById("to-end").getBoundingClientRect().bottom <= doc.getElementById("said-here").getBoundingClientRect().bottom`)
	tab.Accessible()
	tab.Picture("chat-scrolled-390")
	tab.Get(`doc.getElementById("to-end").click()`)
	tab.Until(`doc.getElementById("to-end").hidden && !doc.getElementById("to-end").classList.contains("has-new")`)

	day := start.AddDate(0, 0, 50)
	tab.Tap(".to-day summary", "")
	tab.Get(fmt.Sprintf(`doc.getElementById("to-day").value = %q`, day.Format("2006-01-02")))
	tab.Tap(".to-day button", "")
	tab.Until(`location.pathname.endsWith("/past")`)
	tab.Shows(".earlier", "слово 5000.")
	tab.Accessible()
	tab.Picture("chat-past-390")
	tab.Get(`doc.getElementById("said-here").scrollTop = doc.getElementById("said-here").scrollHeight`)
	tab.Until(`doc.querySelectorAll(".earlier").length > 1`) // later ones come
	tab.Tap(".later a, .head a", "К последним")
	tab.Shows("#chat-lines", "Вы ещё здесь?")

	page := s.As(access.Owner).Get(chat).Body.Len()
	if page > 150<<10 {
		t.Errorf("the page has %d bytes", page)
	}
	for range 70 { // while she is away
		w.Says("anna", "Ответьте мне, пожалуйста")
	}
	body := s.As(access.Owner).Get(chat).Body.String()
	has(t, "the chat of somebody who was away", body, "К первому непрочитанному")
	w.Says("anna", "И это")
	body = s.As(access.Owner).Get(chat).Body.String()
	has(t, "the chat of somebody who is back", body, `id="news"`)
	if i := strings.Index(body, `id="news"`); strings.Count(body[i:], `said-line patient`) != 1 {
		t.Error("what was read stands among what was not")
	}
}

// In English, with several requests, on a computer and a phone, light and dark.
func TestSeveralRequestsInEnglish(t *testing.T) {
	w := bottest.In(t, bottest.SQLite(t), "a", []channels.ID{"vk"})
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "позовите человека")
	anna := contactOf(t, w, "anna")
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		for _, k := range []string{desk.CallBack, "red_flag"} {
			if _, err := w.Runner.Desk().Open(t.Context(), tx, store.Ticket{ContactID: anna.ID, PatientID: anna.PatientID, Kind: k}, 0, w.Clock.Now()); err != nil {
				return err
			}
		}
		if _, err := tx.Meet(t.Context(), []store.Contact{{ID: "in-vk", PatientID: anna.PatientID, Channel: "vk", Chat: "vk:anna", Language: "ru", CreatedAt: w.Clock.Now()}}); err != nil {
			return err
		}
		return tx.Blocked(t.Context(), anna.ID, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, w)
	s.Language = "en"
	for _, width := range []int{390, 1280} {
		tab := s.Browser(t, access.Owner, "/desk/chats/"+anna.ID, width, 844)
		tab.Shows("#chat-reach", "does not take our messages")
		tab.Shows("#chat-turn", "Hand back to the bot")
		tab.Get(`doc.getElementById("return-deeds").open = true`)
		tab.Shows("#do-return", "Keep open")
		if tab.Get(`(r => r.left >= 0 && r.right <= innerWidth && r.top >= 0)(doc.querySelector("#return-deeds > div").getBoundingClientRect())`) != "true" {
			t.Errorf("what opens is not whole on a screen of %d", width)
		}
		tab.Accessible()
		tab.Picture(fmt.Sprint("chat-en-", width))
		tab.Dark()
		tab.Accessible()
		tab.Picture(fmt.Sprint("chat-en-dark-", width))
		if tab.Get(`doc.documentElement.scrollWidth > innerWidth`) != "false" {
			t.Errorf("the page is wider than %d", width)
		}
		if russian := tab.Get(`[...doc.querySelectorAll("#chat .head, #chat .foot, #known h3, #known dt")].map(e => e.innerText).join(" ").match(/[а-яё]{3,}/gi)?.join(" ") ?? ""`); strings.Trim(russian, " ") != "" {
			t.Errorf("in English one reads %q", russian)
		}
		if width == 1280 {
			tab.Get(`doc.querySelector("#do-return button").click()`)
			tab.Shows("#toasts", "The bot goes on")
			settle(t, w)
			if left := ticketsOf(t, w, anna.ID); len(left) != 1 || left[0].Kind != desk.CallBack {
				t.Errorf("left are %+v", left)
			}
		}
	}
}
