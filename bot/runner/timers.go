package runner

import (
	"context"
	"fmt"

	"careline/store"
)

const timersPerTx = 1000

// Fire moves due timers into the inbox and returns how many.
func (r *Runner) Fire(ctx context.Context) (n int, err error) {
	now := r.Clock.Now()
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		if n, err = tx.Fire(ctx, now, timersPerTx); err != nil {
			return fmt.Errorf("firing timers: %w", err)
		}
		if n > 0 {
			tx.Wake(store.InboxTopic)
		}
		return nil
	})
	return n, err
}
