package runner_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/runner"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// leftOff is Anna, who has a time held in Telegram, and writes in WhatsApp.
func leftOff(t *testing.T, w *bottest.World) {
	t.Helper()
	agrees(w, "telegram")
	rename(t, w, "telegram", "Анна Петрова")
	shares(t, w, "telegram", annasPhone, true)
	w.Says("telegram", "записаться")
	w.Taps("telegram", "Знаю услугу")
	w.Says("telegram", "отбеливание")
	for !strings.Contains(newest(w, "telegram").Text, "Проверьте") {
		w.Taps("telegram", newest(w, "telegram").Choices[0].Label)
	}
	agrees(w, "whatsapp")
	owns(t, w, "whatsapp", annasPhone, "/start")
}

// kept counts the rows of a table about Anna by the chat that they are of.
func kept(t *testing.T, w *bottest.World, table string) map[string]int {
	t.Helper()
	names := map[string]string{}
	for _, chat := range []string{"telegram", "whatsapp"} {
		names[contact(t, w, chat).ID] = chat
	}
	_, all := whose(t, w, "telegram")
	n := map[string]int{}
	for _, row := range all[table] {
		n[names[fmt.Sprint(row["contact_id"])]]++
	}
	return n
}

func TestAHeldTimeAndWhatWasToldGoAlong(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		leftOff(t, w)
		if n := kept(t, w, "holds"); n["telegram"] == 0 || n["whatsapp"] != 0 {
			t.Fatalf("held before: %v", n)
		}
		told := kept(t, w, "answers")["telegram"]
		w.Taps("whatsapp", "Продолжить здесь")
		if n := kept(t, w, "holds"); n["telegram"] != 0 || n["whatsapp"] == 0 {
			t.Errorf("held after: %v", n)
		}
		if n := kept(t, w, "answers"); n["telegram"] >= told || n["whatsapp"] == 0 {
			t.Errorf("told: %v, in telegram before: %d", n, told)
		}
		w.Taps("whatsapp", "Всё верно")
		if !heardAny(w, "whatsapp", "Готово, записали") || heardAny(w, "telegram", "Готово, записали") {
			t.Errorf("booked: %s", w.Phones.Last("whatsapp"))
		}
	})
}

// The reminder that something stands open comes where it stands now.
func TestTheClockOfATalkGoesAlong(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	leftOff(t, w)
	w.Taps("whatsapp", "Продолжить здесь")
	there, here := len(w.Phones.Told("telegram")), len(w.Phones.Told("whatsapp"))
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(80*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(w.Phones.Told("telegram")) != there || len(w.Phones.Told("whatsapp")) == here {
		t.Errorf("told in telegram: %v, in whatsapp: %v", texts(w.Phones.Told("telegram")[there:]), texts(w.Phones.Told("whatsapp")[here:]))
	}
}

func TestWhatHasEndedMeanwhileCannotGoOn(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	leftOff(t, w)
	w.Taps("telegram", "Всё верно")
	w.Taps("telegram", "Не нужно")
	w.Taps("whatsapp", "Продолжить здесь")
	if !heardAny(w, "whatsapp", "Там всё уже закончено") {
		t.Errorf("told: %s", w.Phones.Last("whatsapp"))
	}
}

func TestATalkGoesOnThoughItsFirstChatIsBlocked(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	leftOff(t, w)
	w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
		if to.Chat == "telegram" {
			return &channels.Error{Kind: channels.Blocked}
		}
		return nil
	}
	w.Taps("whatsapp", "Продолжить здесь")
	w.Taps("whatsapp", "Всё верно")
	if !heardAny(w, "whatsapp", "Готово, записали") || contact(t, w, "telegram").BlockedAt.IsZero() {
		t.Errorf("told: %s", w.Phones.Last("whatsapp"))
	}
}

// A reminder that does not reach one chat asks in the other, and hears the answer there.
func TestAQuestionThatWentElsewhereIsAnsweredThere(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		leftOff(t, w)
		w.Taps("whatsapp", "Начать заново")
		anna, start := contact(t, w, "telegram"), bottest.Monday.Add(28*time.Hour)
		err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
			return tx.Book(t.Context(), store.Appointment{
				ID: "tomorrow", PatientID: anna.PatientID, ContactID: anna.ID, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
				Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: "doctor", Start: start, End: start.Add(time.Hour)}},
				CreatedAt: w.Clock.Now(), UpdatedAt: w.Clock.Now(), StatusAt: w.Clock.Now(),
			}, w.Clock.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		comes := func(m channels.Outgoing) bool {
			return slices.ContainsFunc(m.Choices, func(c channels.Choice) bool { return c.Label == "Придём" })
		}
		var first string
		w.Phones.Fail = func(to channels.Address, m channels.Outgoing) error {
			if first == "" && comes(m) {
				first = to.Chat
			}
			if to.Chat == first {
				return &channels.Error{Kind: channels.Blocked}
			}
			return nil
		}
		if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(26*time.Hour)); err != nil {
			t.Fatal(err)
		}
		second := map[string]string{"telegram": "whatsapp", "whatsapp": "telegram"}[first]
		w.Taps(second, "Придём")
		_, all := whose(t, w, "telegram")
		if got := fmt.Sprint(all["appointments"][0]["confirmed"]); got == "0" || got == "" || got == "false" {
			t.Errorf("confirmed: %q; told: %s", got, w.Phones.Last(second))
		}
	})
}

// unofficial is a network that bans for words to those who did not write.
type unofficial struct{ *bottest.Messenger }

func (u unofficial) Caps() channels.Caps {
	caps := u.Messenger.Caps()
	caps.Unofficial = true
	return caps
}

func TestAnUnofficialNetworkKnowsWhenThePersonWroteLast(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	parts := w.Runner.Parts
	parts.Channels, parts.Metrics = []channels.Channel{unofficial{w.Phones}}, runner.NewMetrics(prometheus.NewRegistry())
	w.Runner = runner.New(parts)
	agrees(w, "anna")
	w.Clock.Advance(30 * time.Hour)
	remind(t, w, contact(t, w, "anna"), w.Clock.Now().Add(time.Hour))
	settle(t, w)
	told := w.Phones.Told("anna")
	i := slices.IndexFunc(told, func(m channels.Outgoing) bool { return m.Text == "reminder two" })
	if m := told[max(0, i)]; m.Text != "reminder two" || !m.Heard.Equal(bottest.Monday.Truncate(time.Hour)) {
		t.Errorf("%q, heard at %v", m.Text, m.Heard)
	}
	stranger := store.Contact{ID: w.ID(), PatientID: w.ID(), Channel: "test", Chat: "cold", Language: "ru", CreatedAt: w.Clock.Now()}
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		_, err := tx.Meet(t.Context(), []store.Contact{stranger})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	remind(t, w, stranger, w.Clock.Now().Add(time.Hour))
	settle(t, w)
	if m := newest(w, "cold"); !m.Heard.IsZero() {
		t.Errorf("a stranger was heard at %v", m.Heard)
	}
}
