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
	visits, err := tx.AppointmentsOf(ctx, []string{q.Patient}, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading the patient's visits: %w", err)
	}
	id, earlier := r.repeated(q, slot, visits)
	switch {
	case earlier != nil:
		return r.visit(ctx, tx, m, *earlier, now)
	case !ok:
		return nil, fmt.Errorf("booking a slot that is not offered: %w", store.ErrTaken)
	}
	first, err := r.clash(ctx, tx, m, visits, "", slot, now)
	if err != nil {
		return nil, err
	}
	line, err := r.inLine(ctx, tx, m, q.Patient, slot)
	if err != nil {
		return nil, err
	}
	told, err := r.notice(ctx, tx, m, store.Appointment{}, store.Appointment{}, now)
	if err != nil {
		return nil, err
	}
	a := store.Appointment{
		ID: id, Notice: told, PatientID: q.Patient, ContactID: m.Contact, Service: slot.Service.ID, Branch: slot.Branch.ID, Status: store.StatusBooked,
		Start: slot.Start(), End: slot.End(), Parts: byStart(slot.Parts), Together: len(slot.Parts) > 1, OfferID: q.Offer, First: first,
		CreatedAt: now, UpdatedAt: now, StatusAt: now, Local: promised(slot.Start(), slot.Branch),
	}
	err = tx.Savepoint(ctx, func() error {
		if err := r.Release(ctx, tx, m); err != nil {
			return err
		}
		if err := r.unkeep(ctx, tx, line.found); err != nil {
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
	if err := r.served(ctx, tx, line, now); err != nil {
		return nil, err
	}
	return r.visit(ctx, tx, m, a, now)
}

// repeated finds the visit that the same request made before, or gives the id of a new one.
func (r *Reception) repeated(q Request, s Slot, visits []store.Appointment) (id string, earlier *store.Appointment) {
	if q.Key == "" || len(s.Parts) == 0 {
		return r.IDs(), nil
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "visit %q %q %q %v", q.Key, q.Patient, s.Service.ID, byStart(s.Parts)))
	id = hex.EncodeToString(sum[:16])
	i := slices.IndexFunc(visits, func(a store.Appointment) bool { return a.ID == id })
	switch {
	case i < 0:
		return id, nil
	case visits[i].Status == store.StatusBooked && slices.EqualFunc(visits[i].Parts, byStart(s.Parts), samePart):
		return id, &visits[i]
	}
	return r.IDs(), nil // that visit was moved or cancelled meanwhile
}

// clash looks for another of the patient's visits at that time, and tells whether this would be the first.
func (r *Reception) clash(ctx context.Context, tx store.Tx, m Matter, visits []store.Appointment, except string, s Slot, now time.Time) (first bool, err error) {
	first = true
	for _, a := range visits {
		if !takesTime(a.Status) || a.ID == except || !a.Start.Before(s.End()) {
			continue
		}
		first = false
		if s.Start().Before(a.End) {
			other, err := r.visit(ctx, tx, m, a, now)
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
