package runner

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

const timersPerTx = 1000

// Fire moves due timers into the inbox and returns how many.
func (r *Runner) Fire(ctx context.Context) (n int, err error) {
	now := r.Clock.Now()
	var oldest time.Time
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		n = 0
		if oldest, err = tx.NextTimer(ctx); err != nil {
			return fmt.Errorf("looking for timers: %w", err)
		}
		if oldest.IsZero() || oldest.After(now) {
			return nil
		}
		if n, err = tx.Fire(ctx, now, timersPerTx); err != nil {
			return fmt.Errorf("firing timers: %w", err)
		}
		if n > 0 {
			tx.Wake(store.InboxTopic)
		}
		return nil
	})
	if err == nil && n > 0 {
		r.Metrics.Lateness.Observe(now.Sub(oldest).Seconds())
	}
	return n, err
}
