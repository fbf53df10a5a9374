package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"careline/store"
)

func timers(t *testing.T, s *stage) {
	anna := s.met()
	at := func(key string, d time.Duration) store.Timer {
		return store.Timer{Key: key, ContactID: anna.ID, Due: s.after(d), Kind: store.TimerInput, Payload: []byte(`{"k":1}`)}
	}
	set := func(timers ...store.Timer) {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.SetTimers(ctx, timers) })
	}
	fire := func(d time.Duration, limit int) (n int) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			n, err = tx.Fire(ctx, s.after(d), limit)
			return err
		})
		return n
	}
	next := func() time.Time {
		return get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.NextTimer(ctx) })
	}
	if !next().IsZero() {
		t.Fatal("an empty store has a next timer")
	}
	set(at("late", 3*time.Hour), at("early", time.Hour), at("gone", time.Hour), at("moved", time.Hour), at("moved", 2*time.Hour))
	set(at("early", 90*time.Minute))
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.CancelTimers(ctx, []string{"gone", "never was"})
	})
	if !next().Equal(s.after(90 * time.Minute)) {
		t.Fatalf("next timer at %v", next())
	}
	equal(t, "fired too early", fire(time.Hour, 10), 0)
	equal(t, "fired one of two", fire(2*time.Hour, 1), 1)
	equal(t, "fired the other", fire(2*time.Hour, 10), 1)
	equal(t, "fired twice", fire(2*time.Hour, 10), 0)

	in := get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
		return tx.Waiting(ctx, []string{anna.ID}, 10)
	})
	equal(t, "inputs of timers", len(in), 2)
	equal(t, "external id", in[0].ExternalID, fmt.Sprintf("early@%d", s.after(90*time.Minute).UnixMicro()))
	equal(t, "kind", in[0].Kind, store.TimerInput)
	equal(t, "payload", string(in[0].Payload), `{"k":1}`)

	// The same timer for the same moment is the same input; for another moment it is a new one.
	set(at("early", 90*time.Minute))
	equal(t, "set again", fire(2*time.Hour, 10), 1)
	set(at("early", 91*time.Minute))
	equal(t, "moved again", fire(2*time.Hour, 10), 1)
	in = get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
		return tx.Waiting(ctx, []string{anna.ID}, 10)
	})
	equal(t, "inputs of timers", len(in), 3)

	// What is planned about a thing may change and still be due at that moment.
	about := at("plan", 2*time.Hour)
	for i, payload := range []string{`{"moment":1}`, `{"moment":1}`, `{"moment":2}`} {
		about.About, about.Payload = "visit/1", []byte(payload)
		set(about)
		equal(t, "planned about a thing", fire(2*time.Hour, 10), 1)
		in = get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
			return tx.Waiting(ctx, []string{anna.ID}, 10)
		})
		equal(t, "inputs of plans", len(in)-3, []int{1, 1, 2}[i])
	}
}
