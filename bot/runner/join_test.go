package runner_test

import (
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

const annasPhone = "+79123456789"

// known are patients whom the clinic knew before, each with a visit a year ago.
func known(t *testing.T, w *bottest.World, patients ...store.Patient) {
	t.Helper()
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		for _, p := range patients {
			p.CreatedAt = bottest.Monday
			start := bottest.Monday.AddDate(-1, 0, 0)
			visit := store.Appointment{
				ID: "visit of " + p.ID, PatientID: p.ID, Service: "filling", Branch: "moscow", Status: store.StatusFulfilled, Start: start, End: start.Add(time.Hour),
				Parts:     []store.Part{{Practitioner: "belov", Start: start, End: start.Add(time.Hour)}},
				CreatedAt: start, UpdatedAt: start, StatusAt: start,
			}
			if err := tx.SavePatients(t.Context(), []store.Patient{p}); err != nil {
				return err
			}
			if _, err := tx.ImportAppointments(t.Context(), []store.Appointment{visit}); err != nil {
				return err
			}
		}
		return tx.RecordConsents(t.Context(), []store.Consent{
			{PatientID: patients[0].ID, Kind: "advertising", Given: true, Version: "paper", Channel: "import", At: bottest.Monday.AddDate(-1, 0, 0)},
			{PatientID: patients[0].ID, Kind: "health", Given: true, Version: "paper", Channel: "import", At: bottest.Monday.AddDate(1, 0, 0)},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shares lets the person send a card by the messenger's button.
func shares(t *testing.T, w *bottest.World, chat, phone string, own bool) {
	t.Helper()
	m := w.Write(chat, "")
	m.Shared = &channels.Shared{Phone: strings.TrimPrefix(phone, "+"), Own: own}
	if err := w.Runner.Accept(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
}

// whose is the patient of a chat, with everything that is kept of them.
func whose(t *testing.T, w *bottest.World, chat string) (id string, all map[string][]map[string]any) {
	t.Helper()
	read(t, w, func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		id = c.PatientID
		all, err = tx.Everything(t.Context(), id)
		return err
	})
	return id, all
}

func TestWhoSharesTheirPhoneGoesOnAsThePatientWhomTheClinicKnows(t *testing.T) {
	for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
		t.Run(name, func(t *testing.T) {
			w := bottest.New(t, open(t), "a")
			known(t, w, store.Patient{ID: "old anna", FullName: "Петрова Анна Сергеевна", Phone: annasPhone, External: "77", Tags: []string{"vip"}})
			w.Says("anna", "/start")
			w.Taps("anna", "Даю согласие")
			w.Says("anna", "отбеливание")
			for range 12 { // until the phone is asked for
				told := w.Phones.Told("anna")
				last := told[len(told)-1]
				if last.Ask == channels.AskPhone || len(last.Choices) == 0 {
					break
				}
				w.Taps("anna", last.Choices[0].Label)
			}
			before, _ := whose(t, w, "anna")
			shares(t, w, "anna", annasPhone, true)

			id, all := whose(t, w, "anna")
			if id != "old anna" {
				t.Fatalf("the chat is that of %s; the last word was %q", id, w.Phones.Last("anna"))
			}
			if len(all["appointments"]) == 0 || len(all["answers"]) == 0 {
				t.Errorf("visits %d, answers %d", len(all["appointments"]), len(all["answers"]))
			}
			consents := map[string]string{}
			read(t, w, func(tx store.Tx) error {
				last, err := tx.ConsentsOf(t.Context(), []string{id})
				for _, c := range last {
					consents[c.Kind] = c.Channel
				}
				empty, err2 := tx.Patients(t.Context(), []string{before})
				if err2 != nil || empty[0].ErasedAt.IsZero() || empty[0].FullName+empty[0].Phone != "" {
					t.Errorf("left behind: %+v, %v", empty, err2)
				}
				return err
			})
			if consents["personal"] != "test" || consents["advertising"] != "import" || consents["health"] != "import" {
				t.Errorf("consents: %v", consents)
			}
			if all["patients"][0]["tags"] != `["vip"]` {
				t.Errorf("tags: %v", all["patients"][0]["tags"])
			}
			if last := w.Phones.Last("anna"); strings.Contains(last, "имя") {
				t.Errorf("she is asked what the clinic knows: %q", last)
			}
			told := len(w.Phones.Told("anna"))
			shares(t, w, "anna", annasPhone, true) // again: nothing happens to her
			w.Says("anna", "меню")
			if len(w.Phones.Told("anna")) == told {
				t.Error("the conversation does not go on")
			}
			if again, _ := whose(t, w, "anna"); again != id {
				t.Errorf("now the chat is that of %s", again)
			}
		})
	}
}

func TestWhoIsNotJoined(t *testing.T) {
	anna := store.Patient{ID: "old anna", FullName: "Петрова Анна Сергеевна", Phone: annasPhone, External: "77"}
	child, ivan := anna, anna
	child.ID, child.External, child.Birth = "child", "78", "2020-05-05"
	ivan.ID, ivan.External, ivan.FullName = "ivan", "79", "Петров Иван"
	stranger := anna
	stranger.Phone = "+79990000000"
	for name, c := range map[string]struct {
		patients []store.Patient
		before   func(w *bottest.World)
		do       func(w *bottest.World)
		tickets  int
	}{
		"one who typed the phone":        {[]store.Patient{anna}, nil, func(w *bottest.World) { w.Says("anna", annasPhone) }, 0},
		"one who sent another's card":    {[]store.Patient{anna}, nil, func(w *bottest.World) { shares(t, w, "anna", annasPhone, false) }, 0},
		"one of another phone":           {[]store.Patient{stranger}, nil, nil, 0},
		"one of a family with one phone": {[]store.Patient{anna, ivan}, nil, nil, 1},
		"the mother of a child":          {[]store.Patient{child}, nil, nil, 1},
		"one with another name":          {[]store.Patient{anna}, func(w *bottest.World) { rename(t, w, "anna", "Орлова Ольга") }, nil, 1},
		"one whose card has a chat": {[]store.Patient{anna}, func(w *bottest.World) {
			err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
				_, err := tx.Meet(t.Context(), []store.Contact{{ID: "other", Channel: "vk", Chat: "1", PatientID: anna.ID, CreatedAt: bottest.Monday}})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := bottest.New(t, bottest.SQLite(t), "a")
			known(t, w, c.patients...)
			w.Says("anna", "/start")
			w.Taps("anna", "Даю согласие")
			if c.before != nil {
				c.before(w)
			}
			before, _ := whose(t, w, "anna")
			for range 2 {
				if c.do != nil {
					c.do(w)
				} else {
					shares(t, w, "anna", annasPhone, true)
				}
			}
			if after, _ := whose(t, w, "anna"); after != before {
				t.Errorf("joined to %s", after)
			}
			read(t, w, func(tx store.Tx) error {
				tickets, err := tx.TicketList(t.Context(), nil, 10)
				same := 0
				for _, k := range tickets {
					if k.Kind == "same_phone" {
						same++
					}
				}
				if same != c.tickets {
					t.Errorf("%d tickets, want %d", same, c.tickets)
				}
				return err
			})
		})
	}
}

// rename gives the patient of the chat a name.
func rename(t *testing.T, w *bottest.World, chat, name string) {
	t.Helper()
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		return tx.SavePatients(t.Context(), []store.Patient{{ID: c.PatientID, FullName: name, CreatedAt: bottest.Monday}})
	})
	if err != nil {
		t.Fatal(err)
	}
}
