package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"careline/store"
)

// named: the clinic's own system calls a visit by a name of its own, and two who say at once what became of it say it
// one after the other.
func named(t *testing.T, s *stage) {
	anna := s.met()
	ours, theirs := s.visit(anna, part("smith", s.after(time.Hour), 30)), s.visit(anna, part("smith", s.after(2*time.Hour), 30))
	theirs.External = "MIS-1"
	for _, a := range []store.Appointment{ours, theirs} {
		if err := s.book(a); err != nil {
			t.Fatal(err)
		}
	}
	find := func(names ...string) func(context.Context, store.Tx) ([]store.Appointment, error) {
		return func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
			return tx.AppointmentsNamed(ctx, names)
		}
	}
	same(s, "the one with the name", []store.Appointment{theirs}, find("MIS-1", "MIS-2"))
	equal(t, "those without a name", len(get(s, find("", "MIS-3"))), 0)
	equal(t, "none asked for", len(get(s, find())), 0)

	ours.External = theirs.External
	s.refused(store.ErrDuplicate, func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAppointments(ctx, []store.Appointment{ours})
	})
	ours.External = "MIS-2"
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAppointments(ctx, []store.Appointment{ours})
	})
	same(s, "named later", []store.Appointment{ours}, find("MIS-2"))

	step := store.Step{ID: s.id("step"), PatientID: anna.PatientID, Title: "control", Service: "crown", Due: s.after(time.Hour), State: store.StepActive,
		External: "MIS-1/1", CreatedAt: s.now}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveSteps(ctx, []store.Step{step}) })
	same(s, "the step with the name", []store.Step{step}, func(ctx context.Context, tx store.Tx) ([]store.Step, error) {
		return tx.StepsNamed(ctx, []string{"", "MIS-1/1", "MIS-1/2"})
	})

	const people = 10
	var all sync.WaitGroup
	for range people {
		all.Go(func() {
			err := s.Tx(t.Context(), func(tx store.Tx) error {
				if err := tx.LockAppointments(t.Context(), []string{ours.ID, theirs.ID}); err != nil {
					return err
				}
				list, err := tx.AppointmentsByID(t.Context(), []string{ours.ID})
				if err != nil {
					return err
				}
				list[0].Sequence++
				return tx.SaveAppointments(t.Context(), list)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	equal(t, "changes that are seen", get(s, find("MIS-2"))[0].Sequence, people)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.LockAppointments(ctx, nil) })
}
