package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Reception gives the clinic's time away by its rules, inside the transaction of a step.
type Reception struct {
	Clinic *Clinic
	// Calendar is where practitioners' time is kept; nil = our own store.
	Calendar func(store.Tx) Calendar
	IDs      func() string
}

// Calendar is where practitioners' time is kept: a store.Tx is one. A clinic whose MIS is the master of
// the schedule puts its own in front of it: one that writes what was taken for the MIS beside what it
// stores, while what the MIS has booked comes in as closed times. Nothing outside is called in a step.
// ErrTaken of the store says that a part is not free.
type Calendar interface {
	Busy(ctx context.Context, practitioners []string, from, to, now time.Time) ([]store.Busy, error)
	HoldTime(ctx context.Context, h store.Hold, now time.Time) error
	Holds(ctx context.Context, contact string, task int) ([]store.Hold, error)
	FreeHolds(ctx context.Context, tasks map[string][]int) error
	FreePlaces(ctx context.Context, places []string) error
	Book(ctx context.Context, a store.Appointment, now time.Time) error
	Move(ctx context.Context, a store.Appointment, now time.Time) error
	SaveAppointments(ctx context.Context, a []store.Appointment) error
}

func (r *Reception) calendar(tx store.Tx) Calendar {
	if r.Calendar == nil {
		return tx
	}
	return r.Calendar(tx)
}

// Matter is the task of a conversation on whose behalf something is done.
type Matter struct {
	Contact  string
	Task     int
	Patient  string // whom it is about
	Channel  string
	Language string
	Zone     string // the person's own, where it is known
	Staff    bool   // the desk does it: the limits of self-service do not hold
	Tell     bool   // what the desk changes is to be told to the patient
	// Known are people whose records are at hand and need not be read.
	Known []*dialogs.Patient
}

// What a booking may be refused for, beside store.ErrTaken and store.ErrNotFound.
var (
	ErrTooLate = errors.New("too late for self-service")
	ErrOffSale = errors.New("the clinic does not offer this service")
)

// ClashError says that the patient is somewhere else at that time.
type ClashError struct{ Other *dialogs.Visit }

func (e *ClashError) Error() string { return "the patient has another visit at that time" }

// log writes one line of the funnel.
func (r *Reception) log(ctx context.Context, tx store.Tx, m Matter, now time.Time, name string, a store.Appointment, value string) error {
	err := tx.AppendEvents(ctx, []store.Event{{
		At: now, Name: name, ContactID: m.Contact, PatientID: a.PatientID, Channel: m.Channel, Task: m.Task, Value: value, Ref: a.ID,
	}})
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
