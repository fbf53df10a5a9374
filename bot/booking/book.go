package booking

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Request for a visit.
type Request struct {
	Slot    *dialogs.Slot
	Patient string
	Offer   string
	// Key makes a repeated request for the same slot the same visit; empty = every request is a new one.
	Key string
}

// Book makes the visit. A hold of the task that has expired is taken again if the time is still free.
// Errors: store.ErrTaken, *ClashError when the patient is elsewhere then.
func (r *Reception) Book(ctx context.Context, tx store.Tx, m Matter, q Request, now time.Time) (*dialogs.Visit, error) {
	slot, ok := r.Clinic.slot(q.Slot, now)
	id, earlier, err := r.repeated(ctx, tx, q, slot)
	switch {
	case err != nil:
		return nil, err
	case earlier != nil:
		return r.visit(ctx, tx, m.Language, *earlier, now)
	case !ok:
		return nil, fmt.Errorf("booking a slot that is not offered: %w", store.ErrTaken)
	}
	first, err := r.clash(ctx, tx, m, q.Patient, "", slot, now)
	if err != nil {
		return nil, err
	}
	a := store.Appointment{
		ID: id, PatientID: q.Patient, ContactID: m.Contact, Service: slot.Service.ID, Branch: slot.Branch.ID, Status: store.StatusBooked,
		Start: slot.Start(), End: slot.End(), Parts: byStart(slot.Parts), Together: len(slot.Parts) > 1, OfferID: q.Offer, First: first,
		CreatedAt: now, UpdatedAt: now, StatusAt: now,
	}
	err = tx.Savepoint(ctx, func() error {
		if err := r.Release(ctx, tx, m); err != nil {
			return err
		}
		return r.calendar(tx).Book(ctx, a, now)
	})
	if err != nil {
		return nil, fmt.Errorf("booking a visit: %w", err)
	}
	if err := r.log(ctx, tx, m, now, "visit.booked", a, a.Service); err != nil {
		return nil, err
	}
	if err := r.served(ctx, tx, a); err != nil {
		return nil, err
	}
	return r.visit(ctx, tx, m.Language, a, now)
}

// repeated finds the visit that the same request made before, or gives the id of a new one.
func (r *Reception) repeated(ctx context.Context, tx store.Tx, q Request, s Slot) (id string, earlier *store.Appointment, err error) {
	if q.Key == "" || len(s.Parts) == 0 {
		return r.IDs(), nil, nil
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "visit %q %q %q %v", q.Key, q.Patient, s.Service.ID, byStart(s.Parts)))
	id = hex.EncodeToString(sum[:16])
	list, err := tx.AppointmentsByID(ctx, []string{id})
	if err != nil {
		return "", nil, fmt.Errorf("looking for an earlier booking: %w", err)
	}
	if len(list) == 0 {
		return id, nil, nil
	}
	if a := list[0]; a.Status == store.StatusBooked && slices.EqualFunc(a.Parts, byStart(s.Parts), samePart) {
		return id, &a, nil
	}
	return r.IDs(), nil, nil // that visit was moved or cancelled meanwhile
}

// clash looks for another visit of the patient at that time, and tells whether this would be the first.
func (r *Reception) clash(ctx context.Context, tx store.Tx, m Matter, patient, except string, s Slot, now time.Time) (first bool, err error) {
	list, err := tx.AppointmentsOf(ctx, []string{patient}, time.Unix(0, 0), s.End())
	if err != nil {
		return false, fmt.Errorf("reading the patient's visits: %w", err)
	}
	first = true
	for _, a := range list {
		if !takesTime(a.Status) || a.ID == except {
			continue
		}
		first = false
		if a.Start.Before(s.End()) && s.Start().Before(a.End) {
			other, err := r.visit(ctx, tx, m.Language, a, now)
			if err != nil {
				return false, err
			}
			return false, &ClashError{other}
		}
	}
	return first, nil
}

// takesTime reports whether an appointment of that status keeps its time.
func takesTime(status string) bool {
	return status != store.StatusCancelled && status != store.StatusNoShow && status != store.StatusError
}

func byStart(parts []store.Part) []store.Part {
	out := slices.Clone(parts)
	slices.SortStableFunc(out, func(a, b store.Part) int { return a.Start.Compare(b.Start) })
	return out
}
