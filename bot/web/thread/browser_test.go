package thread_test

import (
	"fmt"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// busy is a clinic with chats of many kinds.
func busy(t *testing.T) *bottest.World {
	w := world(t)
	w.Says("boris", "/start")
	w.Taps("boris", "Даю согласие")
	w.Says("boris", "позовите человека")
	w.Says("vera", "/start")
	w.Taps("vera", "Даю согласие")
	w.Says("vera", "Сколько стоит имплант? Мне сказали, что от 30 тысяч, это правда? Хочется понять заранее.")
	anna := contactOf(t, w, "anna")
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		p := store.Patient{ID: anna.PatientID, FullName: "Анна Петрова", Phone: "+79123456789", Birth: "1988-04-12", Tags: []string{"имплантация", "боится боли"}, CreatedAt: w.Clock.Now()}
		if err := tx.SavePatients(t.Context(), []store.Patient{p}); err != nil {
			return err
		}
		start := w.Clock.Now().Add(50 * time.Hour)
		doctor := w.Runner.Clinic.Practitioners[0].ID
		visit := store.Appointment{ID: "next", PatientID: p.ID, ContactID: anna.ID, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
			Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: doctor, Start: start, End: start.Add(time.Hour)}},
			CreatedAt: w.Clock.Now(), UpdatedAt: w.Clock.Now(), StatusAt: w.Clock.Now()}
		if err := tx.Book(t.Context(), visit, w.Clock.Now()); err != nil {
			return err
		}
		boris := contactOf(t, w, "boris")
		_, err := w.Runner.Desk().Open(t.Context(), tx, store.Ticket{ContactID: boris.ID, PatientID: boris.PatientID, Kind: "red_flag", Priority: "alarm",
			Health: true, Note: "Отёк щеки, температура 38,5, трудно глотать"}, 0, w.Clock.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The whole way in a real browser: what the patient writes appears by itself, the reply reaches the phone, and the chat goes back.
func TestInABrowser(t *testing.T) {
	w := busy(t)
	s := open(t, w)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	tab := s.Browser(t, access.Administrator, "/desk/inbox", 1280, 800)
	tab.Shows(".inbox .list", "Анна Петрова")
	tab.Accessible()
	tab.Picture("inbox-1280")
	tab.Get(`doc.activeElement.blur()`)
	tab.Press("j")
	tab.Until(`doc.activeElement.closest("[data-row]")`)
	tab.Go(s.URL + chat)
	tab.Shows("#chat-lines", "позовите человека")
	tab.Accessible()
	tab.Picture("chat-1280")
	w.Says("anna", "Вы здесь?")
	tab.Shows("#chat-lines", "Вы здесь?")
	tab.Press("r")
	tab.Until(`doc.activeElement.id === "words"`)
	tab.Get(`doc.activeElement.value = ""`) // the driver types what the page has taken as a key
	tab.Get(`doc.querySelector(".ready > summary").click()`)
	tab.Until(`doc.activeElement.matches("[data-find]")`)
	tab.Press("\r")
	tab.Until(`doc.activeElement.id === "words" && doc.activeElement.value.length > 10`)
	tab.Get(`doc.activeElement.value = ""`)
	tab.Press("Здравствуйте, Анна! Это Ирина, помогу вам.")
	tab.Get(`doc.getElementById("compose").requestSubmit()`)
	tab.Until(`doc.getElementById("words").value === ""`)
	settle(t, w)
	tab.Shows("#chat-lines .human", "Это Ирина, помогу вам.")
	if got := w.Phones.Last("anna"); got != "Здравствуйте, Анна! Это Ирина, помогу вам." {
		t.Errorf("the phone shows %q", got)
	}
	tab.Tap("#chat-turn button", "Вернуть боту")
	tab.Shows("#toasts", "Чат возвращён боту")
	settle(t, w)
	tab.Shows("#chat-turn", "Говорит бот")
	tab.Picture("chat-after")
}

// Every look of the pages, on a computer and a phone, can be used by everybody.
func TestLooks(t *testing.T) {
	w := busy(t)
	anna := contactOf(t, w, "anna")
	long := w.Write("anna", "Посмотрите, пожалуйста: https://clinic.example/a?b=1 и вот ещё снимок")
	long.Files = []channels.File{{Kind: channels.Document, Name: "снимок зуба.pdf", MIME: "application/pdf", Size: 240_000, Ref: "x"}}
	if err := w.Runner.Accept(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	s := open(t, w)
	for _, width := range []int{390, 1280} {
		tab := s.Browser(t, access.Owner, "/desk/inbox", width, 844)
		for _, path := range []string{"/desk/inbox", "/desk/inbox?show=chats", "/desk/inbox?show=mine", "/desk/chats/" + anna.ID} {
			for _, language := range []string{"ru"} {
				name := fmt.Sprint(width, path[5:10], len(path), language)
				tab.Go(s.URL + path)
				tab.Until(`doc.querySelector(".inbox")`)
				tab.Accessible()
				tab.Picture(name)
				if overflow := tab.Get(`doc.documentElement.scrollWidth > innerWidth`); overflow != "false" {
					t.Errorf("%s is wider than the window of %d", path, width)
				}
				tab.Dark()
				tab.Accessible()
				tab.Picture(name + "-dark")
			}
		}
	}
}
