package desk_test

import (
	"errors"
	"testing"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/store"
)

func TestAnAdministratorMergesTwoCards(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	d := &desk.Desk{IDs: w.ID}
	for i, names := range [][2]string{{"Анна Петрова", ""}, {"", "Анна Петрова"}} {
		from, into := "from"+names[0], "into"+names[0]
		err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
			err := tx.SavePatients(t.Context(), []store.Patient{
				{ID: from, FullName: names[0], External: "1" + names[0], CreatedAt: bottest.Monday},
				{ID: into, FullName: names[1], Phone: "+79123456789", CreatedAt: bottest.Monday},
			})
			if err != nil {
				return err
			}
			return d.Merge(t.Context(), tx, from, into, "Мария", bottest.Monday)
		})
		if err != nil {
			t.Fatal(i, err)
		}
		err = w.Store.Tx(t.Context(), func(tx store.Tx) error {
			both, err := tx.Patients(t.Context(), []string{from, into})
			if err != nil {
				return err
			}
			if both[0].ErasedAt.IsZero() || both[1].FullName != "Анна Петрова" || both[1].Phone == "" || both[1].External == "" {
				t.Errorf("%+v", both)
			}
			if err := d.Merge(t.Context(), tx, from, into, "Мария", bottest.Monday); !errors.Is(err, desk.ErrApart) {
				t.Errorf("merged twice: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
