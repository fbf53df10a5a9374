package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// notice is what the patient is to be told of a visit that was old and has become changed; nil = nothing: they did it
// themselves, were told otherwise, or know no other time than the one that it has again. A notice that nobody has read yet
// is replaced: only the last of quick changes is told, from what the patient knows.
func (r *Reception) notice(ctx context.Context, tx store.Tx, m Matter, old, changed store.Appointment, now time.Time) (*store.Notice, error) {
	if !m.Tell {
		return nil, nil
	}
	n := &store.Notice{At: now, Start: old.Start, Branch: old.Branch, Parts: old.Parts}
	if old.ID == "" {
		return n, nil // a new visit
	}
	if before := old.Notice; before != nil {
		told, err := Told(ctx, tx, old)
		if err != nil {
			return nil, err
		}
		if told == nil {
			n.Start, n.Branch, n.Parts = before.Start, before.Branch, before.Parts
		}
	}
	switch stays := takesTime(changed.Status); {
	case n.Start.IsZero() && !stays, stays && n.Branch == changed.Branch && slices.EqualFunc(n.Parts, changed.Parts, samePart):
		return nil, nil
	}
	return n, nil
}

// Told is what the patient has been written about the visit since the change of its notice; nil = nothing.
func Told(ctx context.Context, tx store.Tx, a store.Appointment) (*store.Touch, error) {
	if a.Notice == nil {
		return nil, nil
	}
	touches, err := tx.TouchesAbout(ctx, []string{"visit/" + a.ID})
	if err != nil {
		return nil, fmt.Errorf("reading what the patient was told: %w", err)
	}
	for _, t := range touches {
		if t.Outcome == store.Sent && t.ContactID != "" && t.At.After(a.Notice.At) {
			return &t, nil
		}
	}
	return nil, nil
}
