package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// treatment: what doctors set, and until when campaigns leave a patient alone.
func treatment(t *testing.T, s *stage) {
	anna := s.met()
	step := store.Step{
		ID: s.id("step"), PatientID: anna.PatientID, Course: s.id("course"), Number: 1, Title: Word, Service: "crown", Doctor: "smith",
		Due: s.after(24 * time.Hour), State: store.StepActive, CreatedAt: s.now,
	}
	date := step
	date.ID, date.Course, date.Due = s.id("step"), "", s.after(2*time.Hour)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveSteps(ctx, []store.Step{step, date}) })
	step.State, step.Visit, date.Postponed, date.Due = store.StepCompleted, s.id("visit"), s.after(time.Hour), s.after(3*time.Hour)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveSteps(ctx, []store.Step{step, date}) })
	same(s, "steps", []store.Step{date, step}, func(ctx context.Context, tx store.Tx) ([]store.Step, error) {
		return tx.StepsOf(ctx, []string{anna.PatientID})
	})

	// Whoever saves the patient as they knew them wakes no campaign; asking for less is asking for nothing.
	known := get(s, func(ctx context.Context, tx store.Tx) ([]store.Patient, error) {
		return tx.Patients(ctx, []string{anna.PatientID})
	})
	for _, until := range []time.Time{s.after(48 * time.Hour), s.after(time.Hour)} {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Snooze(ctx, anna.PatientID, until) })
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SavePatients(ctx, known) })
	known[0].SnoozedUntil = s.after(48 * time.Hour)
	same(s, "a patient who is left alone", known, func(ctx context.Context, tx store.Tx) ([]store.Patient, error) {
		return tx.Patients(ctx, []string{anna.PatientID})
	})
}

// found: a time is kept for a place in the waitlist, which only one may offer something to.
func found(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	w := store.Waiting{
		ID: s.id("place"), PatientID: boris.PatientID, ContactID: anna.ID, Service: "check", State: "waiting", CreatedAt: s.now,
		Passed: []store.Part{part("smith", s.after(time.Hour), 30)},
	}
	kept := s.hold(anna, s.after(time.Hour), part("smith", s.after(2*time.Hour), 30))
	kept.Task, kept.Place = -1, w.ID
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.JoinWaitlist(ctx, w); err != nil {
			return err
		}
		return tx.HoldTime(ctx, kept, s.now)
	})
	offer := w
	offer.State, offer.Until, offer.Passed = "offered", s.after(time.Hour), append(offer.Passed, part("jones", s.after(time.Hour), 30))
	for i, want := range []bool{true, false} {
		s.do(func(ctx context.Context, tx store.Tx) error {
			if err := tx.LockPlaces(ctx, []string{w.ID}); err != nil {
				return err
			}
			got, err := tx.OfferPlace(ctx, offer)
			equal(t, "offered", got, want)
			return err
		})
		offer.Urgency = i + 1 // is not written the second time
	}
	offer.Urgency = 0
	for _, of := range [][2]string{{anna.ID, ""}, {"", boris.PatientID}, {anna.ID, boris.PatientID}} {
		same(s, "places", []store.Waiting{offer}, func(ctx context.Context, tx store.Tx) ([]store.Waiting, error) {
			return tx.PlacesIn(ctx, of[0], of[1])
		})
	}
	same(s, "what is kept in the chat", []store.Hold{kept}, func(ctx context.Context, tx store.Tx) ([]store.Hold, error) {
		return tx.Holds(ctx, anna.ID, 3)
	})
	// The end of the chat's tasks leaves it kept; the patient's erasure does not.
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.FreeHolds(ctx, map[string][]int{anna.ID: {1, 2, 3}})
	})
	equal(t, "busy", len(s.day("smith", s.now)), 1)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.FreePlaces(ctx, []string{s.id("place"), ""}) })
	equal(t, "busy", len(s.day("smith", s.now)), 1)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, boris.PatientID, s.now) })
	equal(t, "busy", len(s.day("smith", s.now)), 0)
}
