package runner

import (
	"context"
	"time"

	"careline/bot/clock"
)

// PassTo moves a clock that can be moved, stopping wherever something is due, so that what happens on the
// way happens at its own time.
func (r *Runner) PassTo(ctx context.Context, c *clock.Moved, end time.Time) error {
	_, err := r.PassUntil(ctx, c, end, func() bool { return false })
	return err
}

// PassUntil is PassTo that stops where what is waited for has come, and reports whether it has.
func (r *Runner) PassUntil(ctx context.Context, c *clock.Moved, end time.Time, come func() bool) (bool, error) {
	for before := (time.Time{}); ; {
		next, err := r.NextDue(ctx)
		if err != nil {
			return false, err
		}
		if next.IsZero() || next.After(end) || next.Equal(before) { // the same again: somebody else is at it
			break
		}
		before = next
		c.Advance(max(0, next.Sub(c.Now())))
		if err := r.Settle(ctx); err != nil || come() {
			return err == nil, err
		}
	}
	c.Advance(max(0, end.Sub(c.Now())))
	err := r.Settle(ctx)
	return err == nil && come(), err
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
