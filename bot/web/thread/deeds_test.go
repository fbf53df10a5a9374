package thread_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/bot/web/page/pagetest"
	"careline/channels"
	"careline/store"
)

// deed is done at the page and settled; it has to succeed.
func deed(t *testing.T, w *bottest.World, p pagetest.Person, path string, form url.Values) {
	t.Helper()
	form.Set("once", w.ID()+"-once")
	if a := p.Post(path, form); a.Code != http.StatusSeeOther {
		t.Fatalf("%s %v: %d\n%s", path, form, a.Code, a.Body)
	}
	settle(t, w)
}

func ticketsOf(t *testing.T, w *bottest.World, contact string) (open []store.Ticket) {
	t.Helper()
	err := w.Store.Read(t.Context(), func(tx store.Tx) (err error) {
		open, err = tx.TicketsOf(t.Context(), contact)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open
}

func kind(t *testing.T, open []store.Ticket, kind string) store.Ticket {
	t.Helper()
	i := slices.IndexFunc(open, func(k store.Ticket) bool { return k.Kind == kind })
	if i < 0 {
		t.Fatalf("there is no %s among %+v", kind, open)
	}
	return open[i]
}

// A request goes from hand to hand: taken, noted, assigned, closed with a reason; what colleagues write, patients never read.
func TestARequestGoesFromHandToHand(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira, olga := s.As(access.Administrator), s.As(access.Owner)
	contact := contactOf(t, w, "anna").ID
	chat, id := "/desk/chats/"+contact, ticketsOf(t, w, contact)[0].ID

	deed(t, w, ira, chat+"/take", url.Values{"ticket": {id}})
	has(t, "a colleague's page", olga.Get(chat).Body.String(), "Ирина Белова")
	if a := olga.Post(chat+"/take", url.Values{"ticket": {id}}); a.Code != http.StatusConflict {
		t.Errorf("what is taken is taken again: %d", a.Code)
	}
	deed(t, w, ira, chat+"/say", url.Values{"do": {"note"}, "ticket": {id}, "text": {"Просит перезвонить <b>после шести</b>"}})
	has(t, "an owner's page", olga.Get(chat).Body.String(), `href="/desk/scripts/operator?at=talk"`, `href="/desk/scripts/booking?at=`)
	has(t, "the chat", olga.Get(chat).Body.String(), "Просит перезвонить &lt;b&gt;после шести", "заметка, пациент её не видит")
	if a := ira.Post(chat+"/say", url.Values{"do": {"note"}, "ticket": {id}, "text": {"  "}}); a.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty note: %d", a.Code)
	}
	deed(t, w, ira, chat+"/assign", url.Values{"ticket": {id}, "to": {"account-owner"}})
	if k := ticketsOf(t, w, contact)[0]; k.Account != "account-owner" {
		t.Errorf("the request is %s's", k.Account)
	}
	if a := ira.Post(chat+"/assign", url.Values{"ticket": {id}, "to": {"account-marketer"}}); a.Code != http.StatusConflict {
		t.Errorf("who cannot answer gets it: %d", a.Code)
	}
	if a := olga.Post(chat+"/close", url.Values{"ticket": {id}, "reason": {"of my own"}}); a.Code != http.StatusConflict {
		t.Errorf("closed with a reason that the clinic has not: %d", a.Code)
	}
	reason := w.Runner.Clinic.Desk.Reasons[0]
	deed(t, w, olga, chat+"/close", url.Values{"ticket": {id}, "reason": {reason}, "resolution": {"Договорились на шесть"}})
	if n := len(ticketsOf(t, w, contact)); n != 0 {
		t.Errorf("%d requests are open", n)
	}
	has(t, "the chat after that", ira.Get(chat).Body.String(), "Договорились на шесть")
	if a := ira.Post(chat+"/close", url.Values{"ticket": {id}}); a.Code != http.StatusConflict {
		t.Errorf("closed twice: %d", a.Code)
	}
	for _, m := range w.Phones.Told("anna") {
		if strings.Contains(m.Text, "после шести") || strings.Contains(m.Text, "Договорились") {
			t.Errorf("the patient reads %q", m.Text)
		}
	}
}

// Of several requests of a chat each is seen and closed alone; handed back, those that are kept stay open, and the bot goes on with another dialog.
func TestOfSeveralRequestsEachIsClosedAlone(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira := s.As(access.Administrator)
	c := contactOf(t, w, "anna")
	chat := "/desk/chats/" + c.ID
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		for _, k := range []string{desk.CallBack, "red_flag"} {
			if _, err := w.Runner.Desk().Open(t.Context(), tx, store.Ticket{ContactID: c.ID, PatientID: c.PatientID, Kind: k}, 0, w.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	open := ticketsOf(t, w, c.ID)
	back, flag := kind(t, open, desk.CallBack), kind(t, open, "red_flag")
	has(t, "the chat", ira.Get(chat).Body.String(), "Оставить открытыми", `value="`+back.ID+`" checked`, "Все обращения чата", `id="close-`+flag.ID)
	deed(t, w, ira, chat+"/close", url.Values{"ticket": {flag.ID}})
	if left := ticketsOf(t, w, c.ID); len(left) != 2 {
		t.Errorf("left are %+v", left)
	}
	deed(t, w, ira, chat+"/return", url.Values{"keep": {back.ID}, "dialog": {w.Runner.Clinic.Desk.HandOver[0].Dialog}})
	if left := ticketsOf(t, w, c.ID); len(left) != 1 || left[0].ID != back.ID {
		t.Errorf("left are %+v", left)
	}
	if a := ira.Post(chat+"/return", url.Values{"dialog": {"emergency"}}); a.Code != http.StatusConflict {
		t.Errorf("handed over to a dialog that is not for that: %d", a.Code)
	}
	has(t, "the chat", ira.Get(chat).Body.String(), "Перезвонить", ">Где остановился бот<")
}

// A patient with several messengers has one history; where the answer goes is shown, and a chat that does not reach them offers another.
func TestAPatientWithSeveralMessengers(t *testing.T) {
	w := bottest.In(t, bottest.SQLite(t), "a", []channels.ID{"vk"})
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "позовите человека")
	anna := contactOf(t, w, "anna")
	var vk store.Contact
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "in-vk", PatientID: anna.PatientID, Channel: "vk", Chat: "vk:anna", Language: "ru", CreatedAt: w.Clock.Now()}})
		if err != nil {
			return err
		}
		vk = met[0]
		p := store.Patient{ID: anna.PatientID, FullName: "Анна Петрова", Phone: "+79123456789", CreatedAt: w.Clock.Now()}
		return tx.SavePatients(t.Context(), []store.Patient{p})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Says("vk:anna", "оператор")
	s := open(t, w)
	ira := s.As(access.Administrator)
	here, there := "/desk/chats/"+anna.ID, "/desk/chats/"+vk.ID
	body := ira.Get(here).Body.String()
	has(t, "the chat", body, "позовите человека", ">оператор<", "Ответ уйдёт в test", `href="`+there, "Писать в ВК")
	deed(t, w, ira, there+"/say", url.Values{"text": {"Отвечаю в ВК"}, "seen": {seenOn(t, ira.Get(there).Body.String())}})
	if w.Phones.Last("vk:anna") != "Отвечаю в ВК" || w.Phones.Last("anna") == "Отвечаю в ВК" {
		t.Error("the answer went elsewhere")
	}
	err = w.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.Blocked(t.Context(), anna.ID, w.Clock.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	has(t, "the chat of a bot that is blocked", ira.Get(here).Body.String(), "пациент не принимает наши сообщения", "Напишите в другом мессенджере", `href="`+there, "tel:+79123456789")
	a := ira.Post(here+"/say", url.Values{"text": {"Вы здесь?"}, "seen": {"0"}})
	if a.Code != http.StatusUnprocessableEntity {
		t.Errorf("what cannot arrive is taken: %d", a.Code)
	}
	has(t, "the refusal", a.Body.String(), ">Вы здесь?</textarea>")
}

// Who writes is shown to colleagues, and to the patient; never to themselves, and no longer than it lasts.
func TestWhoWritesIsShown(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira, olga := s.As(access.Administrator), s.As(access.Owner)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	for len(w.Phones.Typed) > 0 {
		<-w.Phones.Typed
	}
	ira.Post(chat+"/typing", nil, "HX-Request", "true")
	has(t, "a colleague's page", olga.Get(chat).Body.String(), "Ирина Белова пишет…")
	if strings.Contains(ira.Get(chat).Body.String(), "пишет…") {
		t.Error("she is told that she writes herself")
	}
	if who := <-w.Phones.Typed; who != "anna" {
		t.Errorf("it is shown to %s", who)
	}
	ira.Post(chat+"/typing", url.Values{"stopped": {"1"}}, "HX-Request", "true")
	if strings.Contains(olga.Get(chat).Body.String(), "пишет…") {
		t.Error("she has stopped")
	}
	ira.Post(chat+"/typing", nil, "HX-Request", "true")
	w.Clock.Advance(time.Minute)
	if strings.Contains(olga.Get(chat).Body.String(), "пишет…") {
		t.Error("she went away")
	}
	if a := olga.Post("/desk/chats/nobody/typing", nil, "HX-Request", "true"); a.Code != http.StatusNotFound {
		t.Errorf("nobody's chat: %d", a.Code)
	}
}
