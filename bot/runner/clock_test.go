package runner_test

import (
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/store"
)

// A machine wakes up a year later, in the middle of everything: what is due happens once.
func TestAClockThatJumpsAYearForward(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "цены") // a question stays open
	w.Says("boris", "/start")
	w.Taps("boris", "Даю согласие")
	w.Says("boris", "оператор") // a deadline runs
	w.Clock.Advance(365 * 24 * time.Hour)
	settle(t, w)
	told := len(w.Phones.Told("anna")) + len(w.Phones.Told("boris"))
	settle(t, w)
	if again := len(w.Phones.Told("anna")) + len(w.Phones.Told("boris")); again != told {
		t.Errorf("%d messages more without a reason", again-told)
	}
	if n := parked(t, w); n != 0 {
		t.Errorf("%d inputs are parked", n)
	}
	answered(t, w, "anna", "меню")
}

// A clock that is set back an hour makes nothing happen again, and nobody waits an hour for an answer.
func TestAClockThatGoesBack(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "оператор")
	pass := func(d time.Duration) {
		t.Helper()
		if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(d)); err != nil {
			t.Fatal(err)
		}
	}
	pass(16 * time.Minute) // the deadline has passed, Anna was told so
	told := len(w.Phones.Told("anna"))
	w.Clock.Advance(-time.Hour)
	settle(t, w)
	pass(30 * time.Minute) // over the deadline once more
	pass(20 * time.Minute)
	if again := len(w.Phones.Told("anna")); again != told {
		t.Errorf("told again: %q", w.Phones.Last("anna"))
	}
	w.Clock.Advance(-time.Hour)
	answered(t, w, "anna", "меню")
	turned(t, w, "anna", desk.Turn{Do: desk.Close})
	if n := parked(t, w); n != 0 {
		t.Errorf("%d inputs are parked", n)
	}
}

func answered(t *testing.T, w *bottest.World, chat, text string) {
	t.Helper()
	told := len(w.Phones.Told(chat))
	w.Says(chat, text)
	if len(w.Phones.Told(chat)) == told {
		t.Errorf("%s is not answered", chat)
	}
}

func turned(t *testing.T, w *bottest.World, chat string, turn desk.Turn) {
	t.Helper()
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		return desk.Submit(t.Context(), tx, c.ID, w.ID(), turn, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, w)
}
