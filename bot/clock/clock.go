// Package clock is the one place where time comes from: the machine's clock, or one that is moved by
// hand in the demo, in transcripts and in tests.
package clock

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time and waits for it.
type Clock interface {
	Now() time.Time
	// Until blocks until the clock shows t or ctx ends; the latter is an error.
	Until(ctx context.Context, t time.Time) error
}

// Real is the machine's clock.
type Real struct{}

// Now is time.Now.
func (Real) Now() time.Time { return time.Now() }

// Until waits on a timer.
func (Real) Until(ctx context.Context, t time.Time) error {
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Moved is a clock that runs ahead of the machine's by a distance that grows by hand (Advance), or that
// stands still but for that (NewStill).
type Moved struct {
	mu    sync.Mutex
	base  time.Time // Now of a still clock
	ahead time.Duration
	moved chan struct{} // closed at each Advance
}

// NewMoved runs with the machine's clock.
func NewMoved() *Moved { return &Moved{moved: make(chan struct{})} }

// NewStill stands at t until it is advanced.
func NewStill(t time.Time) *Moved { return &Moved{base: t, moved: make(chan struct{})} }

// Now is the time this clock shows.
func (c *Moved) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Moved) now() time.Time {
	if c.base.IsZero() {
		return time.Now().Add(c.ahead)
	}
	return c.base.Add(c.ahead)
}

// Advance moves the clock forward and wakes those for whom the time has come.
func (c *Moved) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
	close(c.moved)
	c.moved = make(chan struct{})
}

// Until waits for the time to pass or to be moved past t.
func (c *Moved) Until(ctx context.Context, t time.Time) error {
	for {
		c.mu.Lock()
		left, moved, still := t.Sub(c.now()), c.moved, !c.base.IsZero()
		c.mu.Unlock()
		if left <= 0 {
			return nil
		}
		var due <-chan time.Time
		var timer *time.Timer
		if !still {
			timer = time.NewTimer(left)
			due = timer.C
		}
		select {
		case <-due:
		case <-moved:
		case <-ctx.Done():
		}
		if timer != nil {
			timer.Stop()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
