package runner

import (
	"context"
	"time"

	"careline/store"
)

// wakesEarly is how much too early a conversation may be woken, as a part of the time until then: every answer
// moves the moment a little, and a timer that is set anew each time is the dearest row of a step. A wake-up
// that finds nothing due says nothing and sets the next.
const wakesEarly = 8

// wakes sets the timer that wakes the conversation, unless the one that is set will do.
func (c *chat) wakes(ctx context.Context, w *writes, now time.Time) error {
	key := "wake:" + c.row.ID
	if !c.stepped { // an administrator wrote: what the dialog waits for stays
		return nil
	}
	if err := c.expects(ctx); err != nil {
		return err
	}
	switch {
	case c.wake.IsZero():
		if !c.set.IsZero() {
			w.unset = append(w.unset, key)
			c.set = time.Time{}
		}
	case c.set.After(now) && !c.set.After(c.wake) && c.wake.Sub(c.set) <= c.wake.Sub(now)/wakesEarly:
	default:
		w.timers = append(w.timers, store.Timer{Key: key, ContactID: c.row.ID, Due: c.wake, Kind: store.TimerInput})
		c.set = c.wake
	}
	return nil
}
