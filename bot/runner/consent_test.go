package runner_test

import (
	"encoding/json"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/store"
)

// What a person writes before consent lies nowhere in the clear, and is not asked again after it.
func TestFirstWordsWaitSealedForConsent(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "Болит зуб под коронкой")
	if kept := everything(t, w, "anna"); strings.Contains(kept, "коронк") {
		t.Errorf("the words are kept in the clear before consent: %s", kept)
	}
	w.Taps("anna", "Даю согласие")
	w.Taps("anna", "Болит или беспокоит")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "второй день")
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(10e9)); err != nil {
		t.Fatal(err)
	}
	if kept := everything(t, w, "anna"); !strings.Contains(kept, "под коронкой") {
		t.Errorf("the first words are no part of the story: %s", kept)
	}
}

func everything(t *testing.T, w *bottest.World, chat string) string {
	t.Helper()
	var all []byte
	read(t, w, func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		kept, err := tx.Everything(t.Context(), c.PatientID)
		if err != nil {
			return err
		}
		all, err = json.Marshal(kept)
		return err
	})
	return string(all)
}
