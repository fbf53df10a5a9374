package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Why a visit cannot have a status now.
var (
	ErrStatus = errors.New("the visit cannot have this status now")
	ErrEarly  = errors.New("the visit is still ahead") // it cannot be known yet
)

// turns are the statuses that the desk or a MIS may set, by the one before. A mistaken one is taken back.
var turns = map[string][]string{
	store.StatusPending:   {store.StatusBooked, store.StatusArrived, store.StatusNoShow},
	store.StatusBooked:    {store.StatusArrived, store.StatusFulfilled, store.StatusNoShow},
	store.StatusArrived:   {store.StatusBooked, store.StatusFulfilled, store.StatusNoShow},
	store.StatusNoShow:    {store.StatusBooked, store.StatusArrived, store.StatusFulfilled},
	store.StatusFulfilled: {store.StatusBooked, store.StatusArrived},
}

// SetStatus says what became of a visit: arrived, fulfilled, noshow; booked takes it back. Errors: ErrStatus, ErrEarly,
// store.ErrNotFound, and store.ErrTaken when the time of a no-show is somebody else's now.
func (r *Reception) SetStatus(ctx context.Context, tx store.Tx, m Matter, visit, status string, now time.Time) error {
	return r.setStatus(ctx, tx, m, visit, status, now, now)
}

// setStatus says now what became of a visit at a moment.
func (r *Reception) setStatus(ctx context.Context, tx store.Tx, m Matter, visit, status string, at, now time.Time) error {
	return r.change(ctx, tx, m, []string{visit}, now, func(a *store.Appointment) error {
		if a.Status == status {
			return nil
		}
		if !slices.Contains(turns[a.Status], status) {
			return fmt.Errorf("%s after %s: %w", status, a.Status, ErrStatus)
		}
		if at.Before(r.known(*a, status)) {
			return fmt.Errorf("%s: %w", status, ErrEarly)
		}
		name := "visit." + status
		if status == store.StatusBooked && a.Status != store.StatusPending {
			name = "visit.reopened" // nobody has booked anything
		}
		a.Status, a.StatusAt = status, at
		return r.log(ctx, tx, m, at, name, *a, a.Service)
	})
}

// known is the earliest moment at which a visit can have the status: people come early, but on the day.
func (r *Reception) known(a store.Appointment, status string) time.Time {
	switch status {
	case store.StatusNoShow:
		return a.Start
	case store.StatusArrived, store.StatusFulfilled:
		start := a.Start.UTC()
		if b := r.Clinic.Branch(a.Branch); b != nil {
			start = a.Start.In(b.Zone)
		}
		return time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, start.Location())
	}
	return time.Time{}
}

// Confirm notes that the patient is coming. Visits that are over or cancelled stay as they are.
func (r *Reception) Confirm(ctx context.Context, tx store.Tx, m Matter, visits []string, now time.Time) error {
	return r.change(ctx, tx, m, visits, now, func(a *store.Appointment) error {
		if a.Confirmed || a.Status != store.StatusBooked {
			return nil
		}
		a.Confirmed = true
		return r.log(ctx, tx, m, now, "visit.confirmed", *a, a.Service)
	})
}

// Feel notes how the patient is after the visit: good, bad, …
func (r *Reception) Feel(ctx context.Context, tx store.Tx, m Matter, visit, feeling string, now time.Time) error {
	return r.change(ctx, tx, m, []string{visit}, now, func(a *store.Appointment) error {
		a.Feeling = feeling
		return r.log(ctx, tx, m, now, "visit.feeling", *a, "")
	})
}

// Rate keeps how the patient found the visit, from 1 to 5, in place of what they said before. Errors: store.ErrNotFound, also for the
// visit of somebody else.
func (r *Reception) Rate(ctx context.Context, tx store.Tx, m Matter, visit string, value int, now time.Time) error {
	list, err := tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading a visit: %w", err)
	}
	if len(list) == 0 {
		return fmt.Errorf("rating a visit: %w", store.ErrNotFound)
	}
	if err := r.own(ctx, tx, m, list[0]); err != nil {
		return err
	}
	if err := tx.RateAppointment(ctx, store.Rating{AppointmentID: visit, PatientID: list[0].PatientID, Value: value, At: now}); err != nil {
		return fmt.Errorf("saving a rating: %w", err)
	}
	return nil
}

func (r *Reception) change(ctx context.Context, tx store.Tx, m Matter, ids []string, now time.Time, f func(*store.Appointment) error) error {
	if err := tx.LockAppointments(ctx, ids); err != nil {
		return fmt.Errorf("keeping visits: %w", err)
	}
	list, err := tx.AppointmentsByID(ctx, ids)
	if err != nil {
		return fmt.Errorf("reading visits: %w", err)
	}
	if len(list) < len(ids) {
		return fmt.Errorf("reading visits: %w", store.ErrNotFound)
	}
	var done []store.Appointment // or not done after all
	for i := range list {
		if err := r.own(ctx, tx, m, list[i]); err != nil {
			return err
		}
		before := list[i].Status
		if err := f(&list[i]); err != nil {
			return err
		}
		list[i].UpdatedAt = now
		if (before == store.StatusFulfilled) != (list[i].Status == store.StatusFulfilled) {
			done = append(done, list[i])
		}
	}
	if err := r.calendar(tx).SaveAppointments(ctx, list); err != nil {
		return fmt.Errorf("saving visits: %w", err)
	}
	for _, a := range done {
		if err := r.treated(ctx, tx, m, a, now); err != nil {
			return err
		}
		if err := r.rewarded(ctx, tx, m, a, now); err != nil {
			return err
		}
	}
	return nil
}
