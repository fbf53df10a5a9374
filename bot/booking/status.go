package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// ErrStatus says that a visit cannot go from its status to that one.
var ErrStatus = errors.New("the visit cannot have this status now")

// turns are the statuses that the desk or a MIS may set, by the one before. A mistaken one is taken back.
var turns = map[string][]string{
	store.StatusPending:   {store.StatusBooked, store.StatusArrived, store.StatusNoShow},
	store.StatusBooked:    {store.StatusArrived, store.StatusFulfilled, store.StatusNoShow},
	store.StatusArrived:   {store.StatusBooked, store.StatusFulfilled, store.StatusNoShow},
	store.StatusNoShow:    {store.StatusArrived, store.StatusFulfilled},
	store.StatusFulfilled: {store.StatusArrived},
}

// SetStatus says what became of a visit: arrived, fulfilled, noshow.
func (r *Reception) SetStatus(ctx context.Context, tx store.Tx, m Matter, visit, status string, now time.Time) error {
	return r.change(ctx, tx, m, []string{visit}, now, func(a *store.Appointment) error {
		if a.Status == status {
			return nil
		}
		if !slices.Contains(turns[a.Status], status) {
			return fmt.Errorf("%s after %s: %w", status, a.Status, ErrStatus)
		}
		a.Status, a.StatusAt = status, now
		return r.log(ctx, tx, m, now, "visit."+status, *a, a.Service)
	})
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

func (r *Reception) change(ctx context.Context, tx store.Tx, m Matter, ids []string, now time.Time, f func(*store.Appointment) error) error {
	list, err := tx.AppointmentsByID(ctx, ids)
	if err != nil {
		return fmt.Errorf("reading visits: %w", err)
	}
	if len(list) < len(ids) {
		return fmt.Errorf("reading visits: %w", store.ErrNotFound)
	}
	for i := range list {
		if err := r.own(ctx, tx, m, list[i]); err != nil {
			return err
		}
		if err := f(&list[i]); err != nil {
			return err
		}
		list[i].UpdatedAt = now
	}
	if err := r.calendar(tx).SaveAppointments(ctx, list); err != nil {
		return fmt.Errorf("saving visits: %w", err)
	}
	return nil
}
