package journey

import (
	"context"

	"careline/bot/desk"
	"careline/store"
)

// close lets the desk close its questions about visits that tell the answer by now.
func (w *world) close(ctx context.Context, tx store.Tx) error {
	for _, visits := range w.visits {
		for _, a := range visits {
			for _, k := range w.tickets[a.ID] {
				if !desk.Answers(a, k) {
					continue
				}
				if err := desk.Submit(ctx, tx, "", "decided:"+k.ID, desk.Turn{Do: desk.Decided, Visit: a.ID}, w.now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
