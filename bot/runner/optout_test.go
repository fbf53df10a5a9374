package runner_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// twoChats are two chats of one person, who may be written to.
func twoChats(t *testing.T, w *bottest.World) (first, second store.Contact) {
	t.Helper()
	w.Says("anna", "/start")
	w.Says("anna at work", "/start")
	err := w.Store.Tx(t.Context(), func(tx store.Tx) (err error) {
		if first, err = tx.ContactAt(t.Context(), "test", "anna"); err != nil {
			return err
		}
		if second, err = tx.ContactAt(t.Context(), "test", "anna at work"); err != nil {
			return err
		}
		second.PatientID = first.PatientID
		return tx.SaveContacts(t.Context(), []store.Contact{second})
	})
	if err != nil {
		t.Fatal(err)
	}
	return first, second
}

// queue puts a message of the class into the outbox, to go at that moment; zero = at once.
func queue(t *testing.T, w *bottest.World, to store.Contact, class, text string, at time.Time) {
	t.Helper()
	payload, err := json.Marshal(channels.Outgoing{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Tx(t.Context(), func(tx store.Tx) error {
		return tx.Put(t.Context(), []store.Output{{
			ID: w.ID(), ContactID: to.ID, Channel: to.Channel, Chat: to.Chat, Class: class, Payload: payload, CreatedAt: w.Clock.Now(), NotBefore: at,
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStopIsHeardInAllChatsOfThePersonAtOnce(t *testing.T) {
	for _, word := range []string{"стоп", "STOP ", "Отписаться!", "unsubscribe", "/stop"} {
		for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
			t.Run(word+" "+name, func(t *testing.T) {
				w := bottest.New(t, open(t), "a")
				_, second := twoChats(t, w)
				tomorrow := w.Clock.Now().Add(24 * time.Hour)
				for _, class := range []string{"advertising", "care", "service"} {
					queue(t, w, second, class, "a message: "+class, tomorrow)
				}
				w.Says("anna", word)
				w.Taps("anna", "Тоже не писать")
				if err := w.Runner.PassTo(t.Context(), w.Clock, tomorrow.Add(time.Minute)); err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, m := range w.Phones.Told("anna at work") {
					if len(m.Text) > 10 && m.Text[:10] == "a message:" {
						got = append(got, m.Text)
					}
				}
				if fmt.Sprint(got) != "[a message: service]" {
					t.Errorf("still told: %v", got)
				}
			})
		}
	}
}

func TestStopHoldsForWhatIsInHandAlready(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	first, second := twoChats(t, w)
	w.Phones.Fail = func(_ channels.Address, m channels.Outgoing) error {
		if m.Text != "the first" { // while it is on its way, she says stop in the other chat
			return nil
		}
		return w.Store.Tx(t.Context(), func(tx store.Tx) error {
			_, err := tx.DropClass(t.Context(), first.PatientID, []string{"advertising"}, "consent withdrawn", w.Clock.Now())
			return err
		})
	}
	for _, text := range []string{"the first", "the second"} {
		queue(t, w, second, "advertising", text, time.Time{})
	}
	queue(t, w, second, "service", "the third", time.Time{})
	settle(t, w)
	told := w.Phones.Told("anna at work")
	if last, before := told[len(told)-1].Text, told[len(told)-2].Text; last != "the third" || before != "the first" {
		t.Errorf("told %q, then %q", before, last)
	}
}
