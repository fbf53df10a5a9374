package booking

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// shownWithin is how long an offer waits to be shown: over the night, and over a day when nobody may be disturbed.
const shownWithin = 24 * time.Hour

// errNotWaiting says that a place has been offered something else meanwhile, or was given up.
var errNotWaiting = errors.New("the place does not wait any more")

// propose keeps the slot for a place that waits. Until it has been shown it is kept for a day at most. Errors:
// store.ErrTaken, errNotWaiting.
func (r *Reception) propose(ctx context.Context, tx store.Tx, w store.Waiting, s Slot, now time.Time) (err error) {
	w.State, w.FoundAt, w.Until = offered, now, earlierOf(now.Add(shownWithin), s.Start())
	if w.Slot, err = json.Marshal(r.Clinic.In("").Slot(s)); err != nil {
		return fmt.Errorf("writing a slot: %w", err)
	}
	err = tx.Savepoint(ctx, func() error {
		if err := r.keep(ctx, tx, w, s, now); err != nil {
			return err
		}
		waits, err := tx.OfferPlace(ctx, w)
		if err == nil && !waits {
			err = errNotWaiting
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("offering a freed slot: %w", err)
	}
	return r.logPlace(ctx, tx, now, "waitlist.found", w)
}

// keep holds the slot for the place.
func (r *Reception) keep(ctx context.Context, tx store.Tx, w store.Waiting, s Slot, now time.Time) error {
	return r.calendar(tx).HoldTime(ctx, store.Hold{
		ID: r.IDs(), ContactID: w.ContactID, Task: -1, Service: s.Service.ID, Branch: s.Branch.ID, Parts: s.Parts, Until: w.Until, Place: w.ID,
	}, now)
}

// Shown says that the patient is told now of what was found: from now on the time to answer counts. It returns the place
// as it is to be told of; nil when it is not, for the time is over or too near and has gone to the next one.
func (r *Reception) Shown(ctx context.Context, tx store.Tx, place string, now time.Time) (*store.Waiting, error) {
	w, err := r.offeredTo(ctx, tx, place)
	if err != nil || w == nil {
		return nil, err
	}
	s, err := slotOf(*w)
	if err != nil {
		return nil, err
	}
	slot, ok := r.Clinic.slot(s, now)
	if !ok || !now.Before(w.Until) || slot.Start().Before(now.Add(r.Clinic.Booking.Lead)) {
		return nil, r.withdraw(ctx, tx, *w, "waitlist.lapsed", now)
	}
	w.Until = earlierOf(w.Until, now.Add(r.Clinic.Booking.OfferFor))
	err = tx.Savepoint(ctx, func() error {
		if err := r.calendar(tx).FreePlaces(ctx, []string{w.ID}); err != nil {
			return err
		}
		return r.keep(ctx, tx, *w, slot, now)
	})
	switch {
	case errors.Is(err, store.ErrTaken): // the doctor's day was closed
		return nil, r.withdraw(ctx, tx, *w, "waitlist.lapsed", now)
	case err != nil:
		return nil, fmt.Errorf("keeping a slot that was found: %w", err)
	}
	if err := tx.SaveWaitlist(ctx, []store.Waiting{*w}); err != nil {
		return nil, fmt.Errorf("keeping a slot that was found: %w", err)
	}
	return w, nil
}

// Lapse ends an offer whose time to answer is over: the next one is asked, and the place waits on. It does nothing to
// any other place.
func (r *Reception) Lapse(ctx context.Context, tx store.Tx, place string, now time.Time) error {
	w, err := r.offeredTo(ctx, tx, place)
	if err != nil || w == nil || now.Before(w.Until) {
		return err
	}
	return r.withdraw(ctx, tx, *w, "waitlist.lapsed", now)
}

// Skip ends an offer that cannot be told to the patient: the next one is asked, and the place waits on.
func (r *Reception) Skip(ctx context.Context, tx store.Tx, place string, now time.Time) error {
	w, err := r.offeredTo(ctx, tx, place)
	if err != nil || w == nil {
		return err
	}
	return r.withdraw(ctx, tx, *w, "waitlist.skipped", now)
}

// locked are the places with the ids, which nobody else changes until the transaction ends.
func (r *Reception) locked(ctx context.Context, tx store.Tx, ids []string) ([]store.Waiting, error) {
	if err := tx.LockPlaces(ctx, ids); err != nil {
		return nil, fmt.Errorf("keeping places in the waitlist: %w", err)
	}
	list, err := tx.WaitlistByID(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading the waitlist: %w", err)
	}
	return list, nil
}

// offeredTo is the place, if something is offered to it; else nil.
func (r *Reception) offeredTo(ctx context.Context, tx store.Tx, place string) (*store.Waiting, error) {
	list, err := r.locked(ctx, tx, []string{place})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].State != offered {
		return nil, nil
	}
	return &list[0], nil
}

// withdraw takes an offer back for good: the place waits on, and is not offered that time again.
func (r *Reception) withdraw(ctx context.Context, tx store.Tx, w store.Waiting, event string, now time.Time) error {
	if err := passed(&w, now); err != nil {
		return err
	}
	if err := r.logPlace(ctx, tx, now, event, w); err != nil {
		return err
	}
	if err := tx.SaveWaitlist(ctx, []store.Waiting{w}); err != nil {
		return fmt.Errorf("saving the waitlist: %w", err)
	}
	return r.goesOn(ctx, tx, []store.Waiting{w}, now)
}

// passed makes the place wait for another time than the one that was offered to it.
func passed(w *store.Waiting, now time.Time) error {
	s, err := slotOf(*w)
	if err != nil {
		return err
	}
	w.State = waiting
	w.Passed = append(slices.DeleteFunc(w.Passed, func(p store.Part) bool { return p.End.Before(now) }), partsOf(s)...)
	return nil
}

// goesOn offers what was kept for the places to the next ones.
func (r *Reception) goesOn(ctx context.Context, tx store.Tx, places []store.Waiting, now time.Time) error {
	if err := r.unkeep(ctx, tx, places); err != nil {
		return err
	}
	for _, w := range places {
		s, err := slotOf(w)
		if err != nil {
			return err
		}
		if err := r.offerOn(ctx, tx, &vacancy{branch: r.Clinic.Branch(s.Branch.ID), parts: partsOf(s)}, now); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reception) logPlace(ctx context.Context, tx store.Tx, now time.Time, name string, w store.Waiting) error {
	return r.log(ctx, tx, Matter{Contact: w.ContactID}, now, name, store.Appointment{ID: w.ID, PatientID: w.PatientID}, w.Service)
}

// slotOf is what was offered to the place last; nil when nothing was.
func slotOf(w store.Waiting) (s *dialogs.Slot, err error) {
	if len(w.Slot) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(w.Slot, &s); err != nil {
		return nil, fmt.Errorf("reading a slot: %w", err)
	}
	return s, nil
}

// partsOf are the parts of a slot as they are kept.
func partsOf(s *dialogs.Slot) []store.Part {
	if s == nil {
		return nil
	}
	parts := make([]store.Part, len(s.Parts))
	for i, p := range s.Parts {
		parts[i] = store.Part{Practitioner: p.Practitioner.ID, Start: p.Start.At.UTC(), End: p.End.At.UTC()}
	}
	return parts
}

func earlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
