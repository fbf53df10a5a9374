package runner_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/store"
)

func TestABotGoesOnWhereAHumanWhoWasNotCalledStops(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	turn(t, w, "anna", desk.Turn{Do: desk.Reply, Author: "maria", Text: "Добрый день, это Мария."})
	if last := w.Phones.Last("anna"); last != "Добрый день, это Мария." {
		t.Fatalf("Anna reads %q", last)
	}
	heard := len(w.Phones.Told("anna"))
	w.Says("anna", "здравствуйте, Мария")
	if told := w.Phones.Told("anna"); len(told) != heard {
		t.Errorf("the bot speaks over the human: %q", told[heard].Text)
	}
	turn(t, w, "anna", desk.Turn{Do: desk.Return, Author: "maria"})
	if last := newest(w, "anna"); len(last.Choices) == 0 {
		t.Errorf("the open question does not come back; the last word is %q", last.Text)
	}
}

func TestADangerSignRingsTheDeskWhileAHumanAnswers(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "оператор")
	heard := len(w.Phones.Told("anna"))
	w.Says("anna", "мне трудно дышать")
	if told := w.Phones.Told("anna"); len(told) != heard {
		t.Errorf("the bot speaks over the human: %q", told[heard].Text)
	}
	read(t, w, func(tx store.Tx) error {
		tickets, err := tx.TicketList(t.Context(), nil, 10)
		alarm := slices.IndexFunc(tickets, func(t store.Ticket) bool { return t.Kind == "red_flag" && t.Priority == desk.Alarm })
		if alarm < 0 {
			t.Errorf("nobody is alarmed: %+v", tickets)
			return err
		}
		notes, err := tx.TicketNotes(t.Context(), tickets[alarm].ID)
		if len(notes) == 0 || !strings.Contains(notes[0].Text, "дышать") {
			t.Errorf("the words are not with the alarm: %+v", notes)
		}
		return err
	})
}

func turn(t *testing.T, w *bottest.World, chat string, d desk.Turn) {
	t.Helper()
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		return desk.Submit(t.Context(), tx, c.ID, w.ID(), d, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, w)
}

// What a dialog waits for is not forgotten because a human has written into the chat.
func TestAHumansWordsLeaveTheDialogsTimersAlone(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	before := nextTimer(t, w)
	if before.IsZero() {
		t.Fatal("the open question waits for nothing")
	}
	turn(t, w, "anna", desk.Turn{Do: desk.Reply, Author: "maria", Text: "Добрый день, это Мария."})
	if after := nextTimer(t, w); !after.Equal(before) {
		t.Errorf("the dialog was to wake up at %v, now at %v", before, after)
	}
}

func nextTimer(t *testing.T, w *bottest.World) (at time.Time) {
	t.Helper()
	read(t, w, func(tx store.Tx) (err error) { at, err = tx.NextTimer(t.Context()); return err })
	return at
}
