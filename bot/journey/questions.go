package journey

import (
	"context"
	"slices"

	"careline/bot/desk"
	"careline/store"
)

// close lets the desk close its questions about visits of which somebody has said elsewhere what became of them.
func (w *world) close(ctx context.Context, tx store.Tx) error {
	for _, q := range w.questions {
		over := slices.ContainsFunc(w.visits[q.PatientID], func(a store.Appointment) bool { return a.ID == q.Visit && !desk.Undecided(a.Status) })
		if !over {
			continue
		}
		if err := desk.Submit(ctx, tx, "", "decided:"+q.ID, desk.Turn{Do: desk.Decided, Visit: q.Visit}, w.now); err != nil {
			return err
		}
	}
	return nil
}
