package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Move gives the visit another time; the old one is free at once and goes to the waitlist. Errors:
// ErrTooLate, store.ErrTaken (by somebody else or by the patient's other visit), store.ErrNotFound.
func (r *Reception) Move(ctx context.Context, tx store.Tx, m Matter, visit string, s *dialogs.Slot, now time.Time) (*dialogs.Visit, error) {
	a, err := r.changeable(ctx, tx, m, visit, now)
	if err != nil {
		return nil, err
	}
	slot, ok := r.Clinic.slot(s, by(m, s, now))
	if !ok || slot.Service.ID != a.Service {
		return nil, fmt.Errorf("moving to a slot that is not offered: %w", store.ErrTaken)
	}
	parts := byStart(slot.Parts)
	if a.Branch == slot.Branch.ID && slices.EqualFunc(a.Parts, parts, samePart) {
		return r.visit(ctx, tx, m, a, now)
	}
	visits, err := tx.AppointmentsOf(ctx, []string{a.PatientID}, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading the patient's visits: %w", err)
	}
	var clash *ClashError
	if _, err := r.clash(ctx, tx, m, visits, a.ID, slot, now); errors.As(err, &clash) {
		return nil, fmt.Errorf("moving onto another visit of the patient: %w", store.ErrTaken)
	} else if err != nil {
		return nil, err
	}
	line, err := r.inLine(ctx, tx, m, a.PatientID, slot)
	if err != nil {
		return nil, err
	}
	line.own = line.ownFound() // who moves a visit may still wait for something else
	old := a
	a.Branch, a.Parts, a.Start, a.End, a.Local = slot.Branch.ID, parts, slot.Start(), slot.End(), promised(slot.Start(), slot.Branch)
	a.Sequence, a.Confirmed, a.Together, a.UpdatedAt = a.Sequence+1, false, len(parts) > 1, now
	if a.Notice, err = r.notice(ctx, tx, m, old, a, now); err != nil {
		return nil, err
	}
	err = tx.Savepoint(ctx, func() error {
		if err := r.Release(ctx, tx, m); err != nil {
			return err
		}
		if err := r.unkeep(ctx, tx, line.found); err != nil {
			return err
		}
		return r.calendar(tx).Move(ctx, a, now)
	})
	if err != nil {
		return nil, fmt.Errorf("moving a visit: %w", err)
	}
	if err := r.log(ctx, tx, m, now, "visit.moved", a, a.Service); err != nil {
		return nil, err
	}
	if err := r.served(ctx, tx, line, now); err != nil {
		return nil, err
	}
	if err := r.Freed(ctx, tx, m, old, now); err != nil {
		return nil, err
	}
	return r.visit(ctx, tx, m, a, now)
}

// by is the moment by which a slot is judged: the desk may say afterwards that a visit was moved.
func by(m Matter, s *dialogs.Slot, now time.Time) time.Time {
	if m.Staff && s != nil {
		return earlierOf(now, s.Start.At)
	}
	return now
}

func samePart(a, b store.Part) bool {
	return a.Practitioner == b.Practitioner && a.Start.Equal(b.Start) && a.End.Equal(b.End)
}

// changeable is the visit, if it may still be moved or cancelled.
func (r *Reception) changeable(ctx context.Context, tx store.Tx, m Matter, visit string, now time.Time) (store.Appointment, error) {
	if err := tx.LockAppointments(ctx, []string{visit}); err != nil {
		return store.Appointment{}, fmt.Errorf("keeping a visit: %w", err)
	}
	list, err := tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return store.Appointment{}, fmt.Errorf("reading a visit: %w", err)
	}
	if len(list) == 0 {
		return store.Appointment{}, fmt.Errorf("reading a visit: %w", store.ErrNotFound)
	}
	a := list[0]
	if err := r.own(ctx, tx, m, a); err != nil {
		return store.Appointment{}, err
	}
	if a.Status == store.StatusBooked || a.Status == store.StatusPending {
		if m.Staff || !now.After(a.Start.Add(-r.Clinic.Booking.SelfService)) {
			return a, nil
		}
	}
	return a, ErrTooLate
}

// Cancel gives the visit up; its time is free at once and goes to the waitlist. A visit that is cancelled
// already stays so. Errors: ErrTooLate, store.ErrNotFound.
func (r *Reception) Cancel(ctx context.Context, tx store.Tx, m Matter, visit, reason string, now time.Time) (*dialogs.Visit, error) {
	a, err := r.changeable(ctx, tx, m, visit, now)
	switch {
	case err != nil && a.Status == store.StatusCancelled:
		return r.visit(ctx, tx, m, a, now)
	case err != nil:
		return nil, err
	}
	old := a
	a.Status, a.Reason, a.Sequence, a.UpdatedAt, a.StatusAt = store.StatusCancelled, reason, a.Sequence+1, now, now
	if a.Notice, err = r.notice(ctx, tx, m, old, a, now); err != nil {
		return nil, err
	}
	if err := r.calendar(tx).SaveAppointments(ctx, []store.Appointment{a}); err != nil {
		return nil, fmt.Errorf("cancelling a visit: %w", err)
	}
	if err := r.log(ctx, tx, m, now, "visit.cancelled", a, reason); err != nil {
		return nil, err
	}
	if err := r.Freed(ctx, tx, m, a, now); err != nil {
		return nil, err
	}
	return r.visit(ctx, tx, m, a, now)
}
