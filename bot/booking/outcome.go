package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Ref names a visit: by our id, by that of the clinic's own system, or by both. Both together tell us what that
// system calls a visit of ours.
type Ref struct{ ID, External string }

// ErrOtherVisit says that the two ids of a Ref belong to two visits.
var ErrOtherVisit = errors.New("the ids belong to different visits")

// Outcome is what the clinic or its own system says of a visit.
type Outcome struct {
	Visit  Ref
	Status string    // booked takes a mistaken outcome back; arrived, fulfilled, noshow, cancelled
	Reason string    // of a cancellation
	At     time.Time // when it came to be so; zero = now
}

// Effect of an Outcome.
type Effect string

// The effects.
const (
	Done       Effect = "done"
	Unchanged  Effect = "unchanged"  // it was so already
	Superseded Effect = "superseded" // something later is known of the visit
)

// Report takes in what became of a visit, and returns the visit as it is now. The matter is the desk's. Errors: store.ErrNotFound, ErrOtherVisit,
// ErrStatus, ErrEarly, store.ErrTaken.
func (r *Reception) Report(ctx context.Context, tx store.Tx, m Matter, o Outcome, now time.Time) (store.Appointment, Effect, error) {
	if o.At.IsZero() || o.At.After(now) {
		o.At = now
	}
	a, err := r.FindVisit(ctx, tx, o.Visit)
	if err != nil {
		return store.Appointment{}, "", err
	}
	if a, err = r.linked(ctx, tx, a, o.Visit.External); err != nil {
		return store.Appointment{}, "", err
	}
	switch {
	case a.Status == o.Status:
		return a, Unchanged, nil
	case slices.Contains(outcomes, a.Status) && o.At.Before(a.StatusAt):
		return a, Superseded, nil
	case o.Status == store.StatusCancelled:
		err = r.callOff(ctx, tx, m, a, o, now)
	default:
		err = r.setStatus(ctx, tx, m, a.ID, o.Status, o.At, now)
	}
	if err != nil {
		return store.Appointment{}, "", err
	}
	a, err = r.FindVisit(ctx, tx, Ref{ID: a.ID})
	return a, Done, err
}

// outcomes are the statuses of visits that came to something.
var outcomes = []string{store.StatusArrived, store.StatusFulfilled, store.StatusNoShow, store.StatusCancelled}

// FindVisit finds and keeps a visit: nobody else changes it until the transaction ends. Errors: store.ErrNotFound,
// ErrOtherVisit.
func (r *Reception) FindVisit(ctx context.Context, tx store.Tx, ref Ref) (store.Appointment, error) {
	id := ref.ID
	if ref.External != "" {
		list, err := tx.AppointmentsNamed(ctx, []string{ref.External})
		switch {
		case err != nil:
			return store.Appointment{}, fmt.Errorf("looking for a visit: %w", err)
		case len(list) == 1 && id != "" && list[0].ID != id:
			return store.Appointment{}, fmt.Errorf("looking for a visit: %w", ErrOtherVisit)
		case len(list) == 1:
			id = list[0].ID
		}
	}
	if err := tx.LockAppointments(ctx, []string{id}); err != nil {
		return store.Appointment{}, fmt.Errorf("keeping a visit: %w", err)
	}
	list, err := tx.AppointmentsByID(ctx, []string{id})
	if err != nil {
		return store.Appointment{}, fmt.Errorf("reading a visit: %w", err)
	}
	if len(list) == 0 {
		return store.Appointment{}, fmt.Errorf("looking for a visit: %w", store.ErrNotFound)
	}
	return list[0], nil
}

// linked notes what the clinic's own system calls the visit.
func (r *Reception) linked(ctx context.Context, tx store.Tx, a store.Appointment, external string) (store.Appointment, error) {
	switch {
	case external == "" || a.External == external:
		return a, nil
	case a.External != "":
		return a, fmt.Errorf("naming a visit: %w", ErrOtherVisit)
	}
	a.External = external
	err := r.calendar(tx).SaveAppointments(ctx, []store.Appointment{a})
	if errors.Is(err, store.ErrDuplicate) {
		err = ErrOtherVisit // named so a moment ago
	}
	if err != nil {
		return a, fmt.Errorf("naming a visit: %w", err)
	}
	return a, nil
}

// callOff cancels the visit; one that came to something else cannot be cancelled any more.
func (r *Reception) callOff(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, o Outcome, now time.Time) error {
	_, err := r.Cancel(ctx, tx, m, a.ID, o.Reason, now)
	if errors.Is(err, ErrTooLate) {
		return fmt.Errorf("%s after %s: %w", o.Status, a.Status, ErrStatus)
	}
	return err
}

// Promise notes that the patient has told the clinic that they will come. Errors: store.ErrNotFound, ErrOtherVisit;
// ErrStatus when the visit is over or cancelled.
func (r *Reception) Promise(ctx context.Context, tx store.Tx, m Matter, visit Ref, now time.Time) (Effect, error) {
	a, err := r.FindVisit(ctx, tx, visit)
	if err != nil {
		return "", err
	}
	if a, err = r.linked(ctx, tx, a, visit.External); err != nil {
		return "", err
	}
	switch {
	case a.Status != store.StatusBooked:
		return "", fmt.Errorf("confirmed after %s: %w", a.Status, ErrStatus)
	case a.Confirmed:
		return Unchanged, nil
	}
	return Done, r.Confirm(ctx, tx, m, []string{a.ID}, now)
}
