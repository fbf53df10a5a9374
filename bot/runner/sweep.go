package runner

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

// What is kept how long. Who complains about what a clinic wrote has three years to do so (Civil Code of
// Russia, art. 196); a timer that fired is remembered so that the same one does not fire again.
const (
	keepTalk    = 3 * 365 * 24 * time.Hour
	keepSignals = 30 * 24 * time.Hour
	sweepEvery  = 24 * time.Hour
	sweptPerTx  = 1000 // rows of each table
)

// Sweep removes what need not be kept any more and returns how many rows went.
func (r *Runner) Sweep(ctx context.Context) (total int, err error) {
	now := r.Clock.Now()
	for {
		n := 0
		err := r.Store.Tx(ctx, func(tx store.Tx) (err error) {
			n, err = tx.Prune(ctx, now.Add(-keepTalk), now.Add(-keepSignals), sweptPerTx)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("sweeping: %w", err)
		}
		if n == 0 {
			return total, nil
		}
		total += n
	}
}

// sweeps sweeps at the start and once a day; a failure waits for the next day.
func (r *Runner) sweeps(ctx context.Context) error {
	for ctx.Err() == nil {
		if _, err := r.beside(ctx, r.Sweep); err != nil && ctx.Err() == nil {
			r.Log.Error("sweeping", "error", err)
		}
		_ = r.Clock.Until(ctx, r.Clock.Now().Add(sweepEvery)) // ends early only with ctx
	}
	return nil
}
