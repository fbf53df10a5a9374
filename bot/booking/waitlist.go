package booking

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// States of a place in the waitlist.
const (
	waiting = "waiting"
	offered = "offered"
	served  = "booked"
	left    = "left"
)

// Join puts the matter's patient into the waitlist for what was asked. A patient who waits for the service
// already keeps the place and its age. urgency is 0 for the most urgent level of triage.yaml.
func (r *Reception) Join(ctx context.Context, tx store.Tx, m Matter, a Ask, urgency int, now time.Time) error {
	period, err := json.Marshal(a.Wish)
	if err != nil {
		return fmt.Errorf("writing a wish: %w", err)
	}
	w := store.Waiting{
		ID: r.IDs(), PatientID: m.Patient, ContactID: m.Contact, Service: a.Service, Doctor: a.Doctor, Branch: a.Branch, Period: period,
		Urgency: urgency, State: waiting, CreatedAt: now,
	}
	own, err := r.places(ctx, tx, Matter{}, m.Patient)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(own, func(p store.Waiting) bool { return p.Service == a.Service })
	switch {
	case i < 0:
		err = tx.JoinWaitlist(ctx, w)
	case own[i].State == offered: // what was found is passed by, for another wish
		w.ID, w.CreatedAt, w.Slot, w.Passed = own[i].ID, own[i].CreatedAt, own[i].Slot, own[i].Passed
		err = r.withdraw(ctx, tx, w, "waitlist.passed", now)
	default:
		w.ID, w.CreatedAt, w.Passed = own[i].ID, own[i].CreatedAt, own[i].Passed
		err = tx.SaveWaitlist(ctx, []store.Waiting{w})
	}
	if err != nil {
		return fmt.Errorf("joining the waitlist: %w", err)
	}
	return r.logPlace(ctx, tx, now, "waitlist.joined", w)
}

// Leave gives the place up; what was found for it goes to the next one.
func (r *Reception) Leave(ctx context.Context, tx store.Tx, id string, now time.Time) error {
	list, err := r.locked(ctx, tx, []string{id})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("reading the waitlist: %w", store.ErrNotFound)
	}
	return r.leave(ctx, tx, list, now)
}

// LeaveAll gives up all places of a patient.
func (r *Reception) LeaveAll(ctx context.Context, tx store.Tx, patient string, now time.Time) error {
	own, err := r.places(ctx, tx, Matter{}, patient)
	if err != nil {
		return err
	}
	return r.leave(ctx, tx, own, now)
}

func (r *Reception) leave(ctx context.Context, tx store.Tx, places []store.Waiting, now time.Time) error {
	return r.end(ctx, tx, places, left, "waitlist.left", now)
}

// end closes places; what was found for them goes to the next ones.
func (r *Reception) end(ctx context.Context, tx store.Tx, places []store.Waiting, state, event string, now time.Time) error {
	var found []store.Waiting
	for i := range places {
		if places[i].State == offered {
			found = append(found, places[i])
		}
		places[i].State = state
		if err := r.logPlace(ctx, tx, now, event, places[i]); err != nil {
			return err
		}
	}
	if err := tx.SaveWaitlist(ctx, places); err != nil {
		return fmt.Errorf("saving the waitlist: %w", err)
	}
	return r.goesOn(ctx, tx, found, now)
}

// Claim holds the slot that was found for somebody for the task. store.ErrTaken: it is gone.
func (r *Reception) Claim(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	return tx.Savepoint(ctx, func() error {
		own, err := r.found(ctx, tx, m, partsOf(s))
		if err != nil {
			return err
		}
		if err := r.unkeep(ctx, tx, own); err != nil {
			return err
		}
		return r.Hold(ctx, tx, m, s, now)
	})
}

// Pass says that the slot does not suit: the patient keeps the place and is not offered that time again, and the next
// one is asked.
func (r *Reception) Pass(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	own, err := r.found(ctx, tx, m, partsOf(s))
	if err != nil {
		return err
	}
	if err := r.Release(ctx, tx, m); err != nil {
		return err
	}
	for _, w := range own {
		if err := r.withdraw(ctx, tx, w, "waitlist.passed", now); err != nil {
			return err
		}
	}
	return nil
}

// found are the places of the matter's chat and patient that are offered time of these parts.
func (r *Reception) found(ctx context.Context, tx store.Tx, m Matter, parts []store.Part) ([]store.Waiting, error) {
	own, err := r.places(ctx, tx, m, m.Patient)
	if err != nil {
		return nil, err
	}
	return offeredOf(own, parts)
}

// offeredOf are those of the places that are offered time of these parts.
func offeredOf(places []store.Waiting, parts []store.Part) ([]store.Waiting, error) {
	var out []store.Waiting
	for _, w := range places {
		if w.State != offered {
			continue
		}
		s, err := slotOf(w)
		if err != nil {
			return nil, err
		}
		if touches(partsOf(s), parts) {
			out = append(out, w)
		}
	}
	return out, nil
}

// unkeep frees what was kept for the places.
func (r *Reception) unkeep(ctx context.Context, tx store.Tx, places []store.Waiting) error {
	ids := make([]string, len(places))
	for i, w := range places {
		ids[i] = w.ID
	}
	if err := r.calendar(tx).FreePlaces(ctx, ids); err != nil {
		return fmt.Errorf("freeing what was found: %w", err)
	}
	return nil
}

// places are the open places of the patient and of the matter's chat, which nobody else changes meanwhile.
func (r *Reception) places(ctx context.Context, tx store.Tx, m Matter, patient string) ([]store.Waiting, error) {
	list, err := tx.PlacesIn(ctx, m.Contact, patient)
	if err != nil {
		return nil, fmt.Errorf("reading the waitlist: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	ids := make([]string, len(list))
	for i, w := range list {
		ids[i] = w.ID
	}
	if list, err = r.locked(ctx, tx, ids); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(w store.Waiting) bool { return w.State != waiting && w.State != offered }), nil
}
