package desk_test

import (
	"testing"

	"careline/bot/bottest"
)

// The alarm that a danger sign has rung, and the human whom the dialog then asks for, are one matter with one card.
func TestADangerIsOneMatter(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "цены")
		w.Says("anna", "мне трудно дышать")
		w.Taps("anna", "Да, сейчас")
		if ticket := only(t, w); ticket.Task == 0 || ticket.Priority != "alarm" {
			t.Errorf("the dialog does not wait for the alarm: %+v", ticket)
		}
		if got := said(w, office); len(got) != 1 {
			t.Errorf("the room reads %q", got)
		}
		told := len(w.Phones.Told("anna"))
		presses(w, office, "Мария", "Опасный признак", "Беру")
		presses(w, office, "Мария", "Опасный признак", "Вернуть боту")
		if len(w.Phones.Told("anna")) == told {
			t.Error("the bot does not go on")
		}
	})
}
