package booking

import (
	"context"
	"slices"
	"time"

	"careline/store"
)

// line is what a patient waits for while a slot is being taken for them.
type line struct {
	own   []store.Waiting // places of the patient for that service
	found []store.Waiting // places, of the same chat too, that are offered the time of the slot
}

// inLine reads the line of a patient who takes the slot.
func (r *Reception) inLine(ctx context.Context, tx store.Tx, m Matter, patient string, s Slot) (*line, error) {
	places, err := r.places(ctx, tx, m, patient)
	if err != nil {
		return nil, err
	}
	found, err := offeredOf(places, s.Parts)
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(places, func(w store.Waiting) bool { return w.PatientID != patient || w.Service != s.Service.ID })
	return &line{own: own, found: found}, nil
}

// ownFound are the places for the service that are offered the very time.
func (l *line) ownFound() []store.Waiting {
	return slices.DeleteFunc(slices.Clone(l.own), func(w store.Waiting) bool { return !slices.ContainsFunc(l.found, same(w)) })
}

func same(w store.Waiting) func(store.Waiting) bool {
	return func(o store.Waiting) bool { return o.ID == w.ID }
}

// served takes the patient off the waitlist for what was taken now. What else was found for them goes to the next ones;
// another place of the chat that was offered this time waits on.
func (r *Reception) served(ctx context.Context, tx store.Tx, l *line, now time.Time) error {
	if len(l.own) > 0 {
		if err := r.end(ctx, tx, slices.Clone(l.own), served, "waitlist.booked", now); err != nil {
			return err
		}
	}
	for _, w := range l.found {
		if slices.ContainsFunc(l.own, same(w)) {
			continue
		}
		if err := r.withdraw(ctx, tx, w, "waitlist.passed", now); err != nil {
			return err
		}
	}
	return nil
}
