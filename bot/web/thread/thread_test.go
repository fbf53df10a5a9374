package thread_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/thread"
	"careline/channels"
	"careline/store"

	"github.com/a-h/templ"
)

// open is the desk's inbox and chats over a world.
func open(t *testing.T, w *bottest.World) *pagetest.Stage {
	t.Helper()
	s := pagetest.Open(t, w, func(d page.Desk) []page.Route {
		list := inbox.New(d)
		chats := thread.New(thread.Parts{Desk: d, Front: w.Runner.Front(), Presence: w.Runner.Presence(), Journey: w.Runner.Journey(), Room: w.Runner.Room(), Inbox: list})
		login := page.Route{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error { return q.Plain("Вход", templ.NopComponent) }}
		return append(append(list.Routes(), chats.Routes()...), login)
	})
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		for _, role := range []access.Role{access.Owner, access.Administrator} {
			a := s.Account(role)
			row := store.Account{ID: a.ID, Login: a.Login, Name: a.Name, Role: string(a.Role), Password: "x", CreatedAt: w.Clock.Now(), ChangedAt: w.Clock.Now()}
			if err := tx.AddAccount(t.Context(), row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// world has Anna in the middle of a booking, who asks for a human.
func world(t *testing.T) *bottest.World {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Taps("anna", "Записаться на приём")
	w.Says("anna", "позовите человека")
	return w
}

func contactOf(t *testing.T, w *bottest.World, chat string) (c store.Contact) {
	t.Helper()
	err := w.Store.Read(t.Context(), func(tx store.Tx) (err error) {
		c, err = tx.ContactAt(t.Context(), "test", chat)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func settle(t *testing.T, w *bottest.World) {
	t.Helper()
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

var seenField = regexp.MustCompile(`name="seen" value="(\d+)"`)

// seenOn is the last line that a page shows.
func seenOn(t *testing.T, body string) string {
	t.Helper()
	found := seenField.FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("the page does not say how far one sees:\n%s", body)
	}
	return found[1]
}

func has(t *testing.T, where, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("%s has no %q", where, text)
		}
	}
}

// Who asks for a human is in the inbox, is answered from the chat, and goes on with the bot where it stopped.
func TestFromTheInboxToThePatientAndBackToTheBot(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira := s.As(access.Administrator)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	has(t, "the inbox", ira.Get("/desk/inbox").Body.String(), "Просят человека", `href="`+chat, "ничьё", "позовите человека")

	a := ira.Get(chat)
	body := a.Body.String()
	if a.Code != http.StatusOK {
		t.Fatalf("the chat: %d\n%s", a.Code, body)
	}
	has(t, "the chat", body, "позовите человека", "✓ Даю согласие", "Где остановился бот", "Вернуть боту")
	if a := ira.Post(chat+"/say", url.Values{"text": {"Здравствуйте, я Ирина"}, "seen": {seenOn(t, body)}, "once": {"first-reply"}}); a.Code != http.StatusSeeOther {
		t.Fatalf("the reply: %d\n%s", a.Code, a.Body)
	}
	settle(t, w)
	if got := w.Phones.Last("anna"); got != "Здравствуйте, я Ирина" {
		t.Errorf("the phone shows %q", got)
	}
	ira.Post(chat+"/say", url.Values{"text": {"Здравствуйте, я Ирина"}, "seen": {seenOn(t, body)}, "once": {"first-reply"}})
	settle(t, w)
	if n := len(told(w, "Здравствуйте, я Ирина")); n != 1 {
		t.Errorf("sent again after a lost answer, it is said %d times", n)
	}
	has(t, "the inbox", ira.Get("/desk/inbox?show=mine").Body.String(), "ваше", "отвечают")
	if a := ira.Post(chat+"/return", url.Values{"once": {"hand-back"}}); a.Code != http.StatusSeeOther {
		t.Fatalf("handing back: %d\n%s", a.Code, a.Body)
	}
	settle(t, w)
	last := w.Phones.Told("anna")
	if m := last[len(last)-1]; len(m.Choices) == 0 {
		t.Errorf("the bot does not go on with its question: %q", m.Text)
	}
	has(t, "the inbox", ira.Get("/desk/inbox").Body.String(), "Никто не ждёт")
	has(t, "what is closed", ira.Get("/desk/inbox?show=closed").Body.String(), "Просят человека")
	has(t, "all chats", ira.Get("/desk/inbox?show=chats").Body.String(), `href="`+chat)
}

func told(w *bottest.World, text string) (all []channels.Outgoing) {
	for _, m := range w.Phones.Told("anna") {
		if m.Text == text {
			all = append(all, m)
		}
	}
	return all
}

// Of two administrators one is heard; the other reads what was said, and keeps their own words.
func TestOfTwoOneIsHeard(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira, olga := s.As(access.Administrator), s.As(access.Owner)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	seen := seenOn(t, ira.Get(chat).Body.String())
	ira.Post(chat+"/say", url.Values{"text": {"первая"}, "seen": {seen}, "once": {"of-ira-1"}})
	a := olga.Post(chat+"/say", url.Values{"text": {"вторая"}, "seen": {seen}, "once": {"of-olga-1"}}, "HX-Request", "true")
	if a.Code != http.StatusUnprocessableEntity {
		t.Errorf("the second: %d", a.Code)
	}
	has(t, "the refusal", a.Body.String(), "первая", ">вторая</textarea>", "Первым в")
	settle(t, w)
	if a := olga.Post(chat+"/say", url.Values{"text": {"вторая"}, "seen": {seen}, "once": {"of-olga-2"}}); a.Code != http.StatusConflict {
		t.Errorf("the second after that: %d", a.Code)
	} else {
		has(t, "the page without script", a.Body.String(), "первая", ">вторая</textarea>", `id="chat-lines"`)
	}
	settle(t, w)
	if len(told(w, "первая")) != 1 || len(told(w, "вторая")) != 0 {
		t.Errorf("the phone shows %v", w.Phones.Told("anna"))
	}
	now := seenOn(t, olga.Get(chat).Body.String())
	olga.Post(chat+"/say", url.Values{"text": {"вторая"}, "seen": {now}, "once": {"of-olga-3"}})
	settle(t, w)
	if len(told(w, "вторая")) != 1 {
		t.Error("who has read the first may still say the second")
	}
}

// What patients write stays text.
func TestWordsStayWords(t *testing.T) {
	w := world(t)
	s := open(t, w)
	w.Says("anna", `<script>alert(1)</script> =HYPERLINK("x") https://clinic.example/a?b=1. javascript:alert(2) <img src=x onerror=alert(3)>`)
	body := s.As(access.Owner).Get("/desk/chats/" + contactOf(t, w, "anna").ID).Body.String()
	has(t, "the chat", body, "&lt;script&gt;alert(1)", `href="https://clinic.example/a?b=1" rel="noopener noreferrer nofollow"`, "&lt;img src=x")
	for _, bad := range []string{"<script>alert", "<img src=x", `href="javascript:`} {
		if strings.Contains(body, bad) {
			t.Errorf("the chat has %s", bad)
		}
	}
}

// A long chat is read from its end, and page by page up to its beginning.
func TestALongChatIsReadPageByPage(t *testing.T) {
	w := world(t)
	c := contactOf(t, w, "anna")
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		var out []store.Output
		for i := range 1000 {
			out = append(out, store.Output{ID: w.ID(), ContactID: c.ID, Channel: c.Channel, Chat: c.Chat, Class: "service",
				Payload: []byte(`{"text":"сообщение ` + strconv.Itoa(i) + `."}`), CreatedAt: w.Clock.Now()})
		}
		return tx.Put(t.Context(), out)
	})
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, w)
	body := s.As(access.Owner).Get("/desk/chats/" + c.ID).Body.String()
	has(t, "the end", body, "сообщение 999.", "сообщение 940.")
	if strings.Contains(body, "сообщение 939.") || len(body) > 150<<10 {
		t.Errorf("the page has %d bytes", len(body))
	}
	older := regexp.MustCompile(`hx-get="([^"]+)"`)
	pages, all := 0, body
	for at := older.FindStringSubmatch(body); at != nil; at = older.FindStringSubmatch(body) {
		body = s.As(access.Owner).Get(strings.ReplaceAll(at[1], "&amp;", "&"), "HX-Request", "true").Body.String()
		all += body
		if pages++; pages > 30 {
			t.Fatal("there is no beginning")
		}
	}
	for i := range 1000 {
		if n := strings.Count(all, "сообщение "+strconv.Itoa(i)+"."); n != 1 {
			t.Fatalf("message %d is shown %d times", i, n)
		}
	}
	has(t, "the beginning", body, "/start")
}

// Who may not read chats learns nothing of them; what is not a patient's chat is not there.
func TestChatsAreForThoseWhoMay(t *testing.T) {
	w := world(t)
	s := open(t, w)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	for _, role := range []access.Role{access.Marketer, access.Practitioner} {
		for _, path := range []string{chat, "/desk/chats/nobody", "/desk/inbox", chat + "/files/1/0"} {
			if a := s.As(role).Get(path); a.Code != http.StatusForbidden || strings.Contains(a.Body.String(), "позовите") {
				t.Errorf("%s gets %s: %d", role, path, a.Code)
			}
		}
		if a := s.As(role).Post(chat+"/say", url.Values{"text": {"x"}, "seen": {"0"}}); a.Code != http.StatusForbidden {
			t.Errorf("%s writes: %d", role, a.Code)
		}
	}
	for _, path := range []string{"/desk/chats/nobody", chat + "/files/1/0", "/desk/tickets/none"} {
		if a := s.As(access.Owner).Get(path); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Code)
		}
	}
}
