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
	own, err := r.places(ctx, tx, a.Service, m.Patient)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		w.ID, w.CreatedAt = own[0].ID, own[0].CreatedAt
		err = tx.SaveWaitlist(ctx, []store.Waiting{w})
	} else {
		err = tx.JoinWaitlist(ctx, w)
	}
	if err != nil {
		return fmt.Errorf("joining the waitlist: %w", err)
	}
	return r.log(ctx, tx, m, now, "waitlist.joined", store.Appointment{ID: w.ID, PatientID: m.Patient}, a.Service)
}

// Leave gives the place up.
func (r *Reception) Leave(ctx context.Context, tx store.Tx, m Matter, id string, now time.Time) error {
	return r.place(ctx, tx, id, func(w *store.Waiting) error {
		w.State = left
		return r.log(ctx, tx, m, now, "waitlist.left", store.Appointment{ID: w.ID, PatientID: w.PatientID}, w.Service)
	})
}

// Claim holds the slot that was found for somebody. store.ErrTaken: it is gone.
func (r *Reception) Claim(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	return r.Hold(ctx, tx, m, s, now)
}

// Pass says that the slot does not suit: the patient keeps the place, and the next one is asked.
func (r *Reception) Pass(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	if s == nil {
		return nil
	}
	own, err := r.places(ctx, tx, s.Service, m.Patient)
	if err != nil {
		return err
	}
	for i := range own {
		if own[i].State == offered {
			own[i].State = waiting
		}
	}
	if err := tx.SaveWaitlist(ctx, own); err != nil {
		return fmt.Errorf("passing a slot: %w", err)
	}
	if err := r.Release(ctx, tx, m); err != nil {
		return err
	}
	slot, ok := r.Clinic.slot(s, now)
	if !ok {
		return nil
	}
	_, err = r.find(ctx, tx, m, byStart(slot.Parts), slot.Branch, now)
	return err
}

// served takes the patient off the waitlist for what is booked now.
func (r *Reception) served(ctx context.Context, tx store.Tx, a store.Appointment) error {
	own, err := r.places(ctx, tx, a.Service, a.PatientID)
	if err != nil {
		return err
	}
	for i := range own {
		own[i].State = served
	}
	if err := tx.SaveWaitlist(ctx, own); err != nil {
		return fmt.Errorf("leaving the waitlist: %w", err)
	}
	return nil
}

// places of a patient who waits for a service.
func (r *Reception) places(ctx context.Context, tx store.Tx, service, patient string) ([]store.Waiting, error) {
	list, err := tx.WaitingFor(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("reading the waitlist: %w", err)
	}
	return slices.DeleteFunc(list, func(w store.Waiting) bool { return w.PatientID != patient }), nil
}

func (r *Reception) place(ctx context.Context, tx store.Tx, id string, f func(*store.Waiting) error) error {
	list, err := tx.WaitlistByID(ctx, []string{id})
	if err != nil {
		return fmt.Errorf("reading the waitlist: %w", err)
	}
	if len(list) == 0 {
		return fmt.Errorf("reading the waitlist: %w", store.ErrNotFound)
	}
	if err := f(&list[0]); err != nil {
		return err
	}
	if err := tx.SaveWaitlist(ctx, list); err != nil {
		return fmt.Errorf("saving the waitlist: %w", err)
	}
	return nil
}
