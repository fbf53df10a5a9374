package runner_test

import (
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// Who is erased is still told so, in the same chat, and begins there as a stranger.
func TestWhoIsErasedIsToldAndForgotten(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	before := history(t, w, "anna")
	w.Says("anna", "мои данные")
	w.Taps("anna", "Удалить всё")
	told := len(w.Phones.Told("anna"))
	w.Taps("anna", "Удалить всё")
	farewell := w.Phones.Told("anna")[told:]
	if len(farewell) == 0 || !farewell[0].Clears {
		t.Fatalf("the farewell does not clear the chat: %+v", texts(farewell))
	}
	after := history(t, w, "anna")
	if len(after) != len(farewell) || after[0].Seq <= before[len(before)-1].Seq {
		t.Errorf("%d lines are kept, from %d on; before there were lines up to %d", len(after), after[0].Seq, before[len(before)-1].Seq)
	}
	read(t, w, func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", "anna")
		if err != nil {
			return err
		}
		consents, err := tx.ConsentsOf(t.Context(), []string{c.PatientID})
		if len(consents) != 0 {
			t.Errorf("the stranger has the consents of the erased person: %+v", consents)
		}
		return err
	})
}

func history(t *testing.T, w *bottest.World, chat string) (lines []store.Line) {
	t.Helper()
	read(t, w, func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		lines, err = tx.History(t.Context(), c.ID, 0, 0, 100)
		return err
	})
	return lines
}

func texts(said []channels.Outgoing) (list []string) {
	for _, m := range said {
		list = append(list, m.Text)
	}
	return list
}

// While a story is told the person sees that they are heard; marks of a question with several answers change
// in the message that shows them.
func TestMarksAreRedrawnInTheirMessage(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Taps("anna", "Болит или беспокоит")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "болит спина")
	if chat := <-w.Phones.Typed; chat != "anna" {
		t.Errorf("typing is shown to %s", chat)
	}
	for range 8 { // through the questions until one takes several answers
		last := newest(w, "anna")
		if last.Ask == channels.AskSeveral {
			w.Taps("anna", last.Choices[0].Label)
			redrawn := w.Phones.Told("anna")
			mark := redrawn[len(redrawn)-1]
			if mark.Redraws != last.Key || !mark.Choices[0].Chosen {
				t.Errorf("the marks are not redrawn: %+v", mark)
			}
			return
		}
		if len(last.Choices) > 0 {
			w.Taps("anna", last.Choices[0].Label)
			continue
		}
		if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(10e9)); err != nil {
			t.Fatal(err)
		}
		if newest(w, "anna").Key == last.Key {
			w.Says("anna", "5")
		}
	}
	t.Fatal("no question took several answers")
}

func newest(w *bottest.World, chat string) channels.Outgoing {
	told := w.Phones.Told(chat)
	return told[len(told)-1]
}
