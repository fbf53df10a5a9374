package booking

import (
	"context"
	"errors"
	"testing"

	"careline/store"
)

// Nobody touches a stranger's visit; a parent does as they like with their child's, the desk with everybody's.
func TestAVisitBelongsToItsPatientTheFamilyAndTheDesk(t *testing.T) {
	f := open(t)
	anna, boris := f.arrive("Анна Петрова"), f.arrive("Борис Орлов")
	pair, _ := f.offer(anna, crownAsk)
	visit, err := f.book(anna, pair[0], "")
	f.must(err)

	touch := map[string]func(Matter) error{
		"move":   func(m Matter) error { _, err := f.move(m, visit.ID, pair[1]); return err },
		"cancel": func(m Matter) error { _, err := f.cancel(m, visit.ID); return err },
		"confirm": func(m Matter) error {
			return f.do(func(ctx context.Context, tx store.Tx) error { return f.Confirm(ctx, tx, m, []string{visit.ID}, f.now) })
		},
		"feel": func(m Matter) error {
			return f.do(func(ctx context.Context, tx store.Tx) error { return f.Feel(ctx, tx, m, visit.ID, "good", f.now) })
		},
		"rate": func(m Matter) error {
			return f.do(func(ctx context.Context, tx store.Tx) error { return f.Rate(ctx, tx, m, visit.ID, 5, f.now) })
		},
	}
	for name, do := range touch {
		if err := do(boris); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a stranger may %s it: %v", name, err)
		}
	}

	parent := f.arrive("Вера Петрова")
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		return tx.AddFamily(ctx, store.Kinship{Guardian: parent.Patient, Ward: anna.Patient, Kin: "child", Since: f.now})
	}))
	f.must(touch["confirm"](parent))
	f.must(touch["rate"](parent))
	f.must(touch["move"](parent))
	boris.Staff = true
	f.must(touch["cancel"](boris))
}
