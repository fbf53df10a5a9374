package booking

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/dialogs/words"
	"careline/store"
)

// Freed tells those who wait that the appointment's time is free. It is offered to the first whom it suits: by urgency,
// then by waiting; what is left of it to the next. What was to be closed is closed instead.
func (r *Reception) Freed(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, now time.Time) error {
	if err := r.log(ctx, tx, m, now, "slot.freed", a, a.Service); err != nil {
		return err
	}
	free, err := r.stayClosed(ctx, tx, a.Parts, now)
	if err != nil {
		return err
	}
	return r.offerOn(ctx, tx, &vacancy{branch: r.Clinic.Branch(a.Branch), parts: free, not: a.PatientID}, now)
}

// offerOn offers what is free of a vacancy to those who wait. What has been read once serves everybody in the line.
func (r *Reception) offerOn(ctx context.Context, tx store.Tx, v *vacancy, now time.Time) error {
	if v.branch == nil || len(v.parts) == 0 || !lastEnd(v.parts).After(now.Add(r.Clinic.Booking.Lead)) {
		return nil
	}
	list, err := tx.WaitingFor(ctx, "")
	if err != nil {
		return fmt.Errorf("reading the waitlist: %w", err)
	}
	list = slices.DeleteFunc(list, func(w store.Waiting) bool { return !r.mayWant(w, v) })
	if len(list) == 0 {
		return nil
	}
	if err := r.survey(ctx, tx, v, list, now); err != nil {
		return err
	}
	for _, w := range list {
		if err := r.offerWhatSuits(ctx, tx, v, w, now); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reception) offerWhatSuits(ctx context.Context, tx store.Tx, v *vacancy, w store.Waiting, now time.Time) error {
	wish, err := wished(w)
	if err != nil {
		return err
	}
	for _, slot := range v.slotsFor(r.Clinic, w, now) {
		if !admits(wish, slot.Start().In(v.branch.Zone)) || touches(slot.Parts, w.Passed) || v.elsewhere(w.PatientID, slot) {
			continue
		}
		err := r.propose(ctx, tx, w, slot, now)
		switch {
		case err == nil:
			v.take(slot)
			return nil
		case errors.Is(err, errNotWaiting):
			return nil
		case !errors.Is(err, store.ErrTaken):
			return err
		}
	}
	return nil
}

func uses(parts []store.Part, practitioner string) bool {
	return slices.ContainsFunc(parts, func(p store.Part) bool { return p.Practitioner == practitioner })
}

// touches reports whether a part of a lies in the time of the same practitioner in b.
func touches(a, b []store.Part) bool {
	return slices.ContainsFunc(a, func(x store.Part) bool {
		return slices.ContainsFunc(b, func(y store.Part) bool {
			return x.Practitioner == y.Practitioner && x.Start.Before(y.End) && y.Start.Before(x.End)
		})
	})
}

// wished reads what time somebody waits for; nil = any.
func wished(w store.Waiting) (wish *words.Period, err error) {
	if len(w.Period) > 0 {
		if err := json.Unmarshal(w.Period, &wish); err != nil {
			return nil, fmt.Errorf("reading a wish: %w", err)
		}
	}
	return wish, nil
}
