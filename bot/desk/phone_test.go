package desk_test

import (
	"context"
	"slices"
	"testing"

	"careline/bot/bottest"
	"careline/store"
)

// onThePhone is what somebody of the clinic types to Anna on the clinic's own phone; it is at hers already.
func onThePhone(t *testing.T, w *bottest.World, text string) {
	t.Helper()
	m := w.Write("anna", text)
	m.Clinic = true
	if err := w.Runner.Accept(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

// The clinic's own phone and the browser answer at the same moment. Whose words come first is heard. A browser's come to
// nothing behind the phone's; the phone's cannot be taken back, so behind the browser's both stand in the chat, and it is a human's.
func TestThePhoneAndTheBrowserAnswerAtOnce(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		seen := lastLine(t, w).Seq
		onThePhone(t, w, "Пишу с телефона")
		answered(t, pends(t, w, maria, "1", speaks(w, "Пишу из браузера", seen)), "test", "Пишу с телефона")
		settle(t, w)
		answered(t, act(t, w, maria, speaks(w, "Пишу из браузера", seen)), "test", "Пишу с телефона")
		if slices.Contains(said(w, "anna"), "Пишу из браузера") {
			t.Error("both are heard")
		}

		seen = lastLine(t, w).Seq
		if err := pends(t, w, maria, "2", speaks(w, "Теперь я из браузера", seen)); err != nil {
			t.Fatal(err)
		}
		onThePhone(t, w, "А я с телефона")
		settle(t, w)
		if got := said(w, "anna"); got[len(got)-1] != "Теперь я из браузера" {
			t.Errorf("the patient reads %q", got)
		}
		var lines []string
		for _, l := range spokenSince(t, w, seen) {
			lines = append(lines, l.Author)
		}
		if !slices.Equal(lines, []string{"Мария", "test"}) && !slices.Equal(lines, []string{"test", "Мария"}) {
			t.Errorf("the desk shows words of %q", lines)
		}
		heard := len(said(w, "anna"))
		w.Says("anna", "Кто из вас?")
		if got := said(w, "anna"); len(got) > heard {
			t.Errorf("the bot speaks beside the humans: %q", got[heard:])
		}
		if k := only(t, w); k.State != "taken" {
			t.Errorf("the request is %s", k.State)
		}
	})
}

func spokenSince(t *testing.T, w *bottest.World, line int64) (all []store.Line) {
	t.Helper()
	contact := contactOf(t, w).ID
	looks(w, func(ctx context.Context, tx store.Tx) (err error) {
		all, err = tx.Spoken(ctx, contact, line, 10)
		return err
	})
	return all
}
