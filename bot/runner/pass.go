package runner

import (
	"context"
	"time"

	"careline/bot/clock"
)

// PassTo moves a clock that can be moved, stopping wherever something is due, so that what happens on the
// way happens at its own time.
func (r *Runner) PassTo(ctx context.Context, c *clock.Moved, end time.Time) error {
	for before := (time.Time{}); ; {
		next, err := r.NextDue(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(end) || next.Equal(before) { // the same again: somebody else is at it
			break
		}
		before = next
		c.Advance(max(0, next.Sub(c.Now())))
		if err := r.Settle(ctx); err != nil {
			return err
		}
	}
	c.Advance(max(0, end.Sub(c.Now())))
	return r.Settle(ctx)
}

// NextDue is when something will happen by itself; zero = never.
func (r *Runner) NextDue(ctx context.Context) (next time.Time, err error) {
	for _, ask := range []func(context.Context) (time.Time, error){r.nextTimer, r.nextTry, r.nextSend} {
		at, err := ask(ctx)
		if err != nil {
			return next, err
		}
		if !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, nil
}
