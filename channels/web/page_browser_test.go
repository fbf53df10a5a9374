package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"careline/channels"
	"careline/channels/browsertest"
)

func choices(data ...string) (all []channels.Choice) {
	for _, d := range data {
		all = append(all, channels.Choice{Label: "Кнопка " + d, Data: d})
	}
	return all
}

// chatting opens the page at that size and waits for its /start; it returns the chat's address.
func (s *stage) chatting(t *testing.T, url string, width, height int) (*browsertest.Tab, string) {
	t.Helper()
	page := browsertest.Open(t, width, height)
	page.Go(url + "/chat/?lang=ru")
	page.Until(`doc.getElementById("log").ariaBusy === "false"`)
	page.Type("#text", "привет")
	page.Shows(".mine", "привет")
	page.Until(`doc.querySelector(".mine .foot").innerText.includes("✓")`)
	return page, s.inbox()[0].From.Chat
}

func TestBrowserChoicesCloseAfterATap(t *testing.T) {
	s := open(t)
	page, chat := s.chatting(t, s.server.URL, 390, 844)
	s.says(chat, channels.Outgoing{Key: "k1", Text: "Что вам нужно?", Ask: channels.AskOne, Choices: choices("a", "b")})
	page.Shows(".choice", "Кнопка b")
	if wide := page.Get(`doc.documentElement.scrollWidth > innerWidth`); wide != "false" {
		t.Error("the page is wider than a phone")
	}
	if low := page.Get(`[...doc.querySelectorAll(".choice")].every(b => b.getBoundingClientRect().height >= 44)`); low != "true" {
		t.Error("a button is too small for a finger")
	}
	page.Tap(".choice", "Кнопка b")
	page.Shows(".mine", "Кнопка b")
	page.Until(`[...doc.querySelectorAll(".choice")].every(b => b.ariaDisabled === "true")`)
	page.Get(`doc.querySelector(".choice").click()`)
	page.Type("#text", "потом")
	page.Until(`doc.querySelectorAll(".mine .foot").length === 3 && [...doc.querySelectorAll(".mine .foot")].every(f => f.innerText.includes("✓"))`)
	var pressed []string
	for _, m := range s.inbox() {
		if m.Choice != "" {
			pressed = append(pressed, m.Choice)
		}
	}
	if len(pressed) != 1 || pressed[0] != "b" {
		t.Errorf("pressed %q, want b once", pressed)
	}
}

func TestBrowserSeveralAreMarkedOneByOne(t *testing.T) {
	s := open(t)
	page, chat := s.chatting(t, s.server.URL, 1000, 800)
	options := func(swelling bool) []channels.Choice {
		return []channels.Choice{{Label: "Отёк", Data: "swelling", Chosen: swelling}, {Label: "Жар", Data: "heat"}, {Label: "Готово", Data: "done"}}
	}
	s.says(chat, channels.Outgoing{Key: "k1", Text: "Что из этого есть?", Ask: channels.AskSeveral, Choices: options(false)})
	changed, stop := s.Changed(chat)
	defer stop()
	page.Tap(".toggle", "Отёк")
	for taken := s.inbox(); taken[len(taken)-1].Choice != "swelling"; taken = s.inbox() {
		<-changed
	}
	s.says(chat, channels.Outgoing{Key: "k2", Redraws: "k1", Ask: channels.AskSeveral, Choices: options(true)})
	page.Until(`doc.querySelector(".toggle").ariaPressed === "true"`)
	page.Until(`doc.querySelectorAll(".toggle")[1].ariaPressed === "false"`)
	page.Tap(".choice", "Готово")
	page.Until(`[...doc.querySelectorAll(".choice")].findLast(b => b.innerText.includes("Готово")).ariaDisabled === "true"`)
}

func TestBrowserTextIsNeverMarkup(t *testing.T) {
	s := open(t)
	page, chat := s.chatting(t, s.server.URL, 390, 844)
	evil := `<img src=x onerror="document.title='broken'"><b>жирно</b> javascript:alert(1)`
	s.says(chat, channels.Outgoing{Key: "k1", Text: evil, Choices: []channels.Choice{{Label: evil, Data: "a"}}})
	page.Shows(".theirs .text", evil)
	page.Shows(".choice", "<b>жирно</b>")
	page.Type("#text", "<script>document.title='broken'</script>")
	page.Shows(".mine .text", "<script>")
	if got := page.Get(`doc.title + doc.querySelectorAll(".log img, .log b, .log script, .log a").length`); strings.Contains(got, "broken") || !strings.HasSuffix(got, "0") {
		t.Errorf("words became markup: %s", got)
	}
}

// The answer to the first message is lost on the way: the page sends it again, and it is taken once.
func TestBrowserResendsWithoutDoubling(t *testing.T) {
	s := open(t)
	var posts atomic.Int32
	flaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/messages") && posts.Add(1) == 3 { // after /start and «привет»
			s.web.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		s.web.ServeHTTP(w, r)
	}))
	t.Cleanup(flaky.Close)
	page, _ := s.chatting(t, flaky.URL, 390, 844)
	page.Type("#text", "запишите меня")
	page.Shows(".mine", "запишите меня")
	page.Type("#text", "пожалуйста")
	page.Until(`[...doc.querySelectorAll(".mine .foot")].filter(f => f.innerText.includes("✓")).length >= 3`)
	counts := map[string]int{}
	for _, m := range s.inbox() {
		counts[m.Text]++
	}
	if counts["запишите меня"] != 1 || counts["пожалуйста"] != 1 {
		t.Errorf("taken: %v", counts)
	}
	if shown := page.Get(`[...doc.querySelectorAll(".mine")].filter(m => m.innerText.includes("запишите")).length`); shown != "1" {
		t.Errorf("shown %s times", shown)
	}
}

func TestBrowserKeyboardAlone(t *testing.T) {
	s := open(t)
	page, chat := s.chatting(t, s.server.URL, 1000, 800)
	s.says(chat, channels.Outgoing{Key: "k1", Text: "Да или нет?", Ask: channels.AskOne, Choices: choices("yes", "no")})
	page.Shows(".choice", "Кнопка no")
	for tabs := 0; page.Get(`doc.activeElement.dataset.choice`) != "no"; tabs++ {
		if tabs > 12 {
			t.Fatal("the keyboard does not reach the button")
		}
		page.Press("\t")
	}
	page.Press("\r")
	page.Shows(".mine", "Кнопка no")
	page.Until(`doc.activeElement.id === "text"`)
	if outline := page.Get(`doc.getElementById("log").getAttribute("role") + doc.getElementById("log").ariaLive`); outline != "logpolite" {
		t.Errorf("screen readers are not told of messages: %s", outline)
	}
}
