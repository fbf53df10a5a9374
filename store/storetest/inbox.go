package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"careline/store"
)

func inbox(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	first, second, other := s.message(anna, "hello"), s.message(anna, "again"), s.message(boris, "hi")
	equal(t, "new inputs", s.accept(first, second), 2)
	equal(t, "inputs after a redelivery", s.accept(first, other, other), 1)

	choose := func(at time.Time) (chosen []string) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			chosen, err = tx.Ready(ctx, at, 10)
			return err
		})
		return chosen
	}
	if got := choose(s.now); !slices.Equal(got, []string{anna.ID, boris.ID}) {
		t.Fatalf("ready: %v, want the one who waits longest first", got)
	}
	waiting := get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
		return tx.Waiting(ctx, []string{anna.ID, boris.ID}, 1)
	})
	equal(t, "one input each", len(waiting), 2)
	equal(t, "anna's oldest", waiting[0].ExternalID, first.ExternalID)
	equal(t, "payload", string(waiting[0].Payload), string(first.Payload))
	if !waiting[0].ReceivedAt.Equal(s.now) {
		t.Fatalf("received at %v, want %v", waiting[0].ReceivedAt, s.now)
	}

	// A failure delays the contact, not the others.
	s.do(func(ctx context.Context, tx store.Tx) error {
		n, err := tx.Failed(ctx, waiting[0].Seq, "boom", s.after(time.Minute))
		equal(t, "failures", n, 1)
		return err
	})
	if got := choose(s.now); !slices.Equal(got, []string{boris.ID}) {
		t.Fatalf("ready: %v, want only boris while anna's input is delayed", got)
	}
	next := get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.NextTry(ctx) })
	if !next.Equal(s.after(time.Minute)) {
		t.Fatalf("next try at %v, want in a minute", next)
	}
	equal(t, "contacts ready in a minute", len(choose(s.after(time.Minute))), 2)

	// A parked input blocks nobody.
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.Park(ctx, waiting[0].Seq, "poison", s.now)
	})
	equal(t, "contacts ready after parking", len(choose(s.now)), 2)
	waiting = get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
		return tx.Waiting(ctx, []string{anna.ID, boris.ID}, 10)
	})
	equal(t, "inputs waiting", len(waiting), 2)
	s.do(func(ctx context.Context, tx store.Tx) error {
		depth, parked, err := InDepth(ctx, tx)
		equal(t, "depth", depth, 2)
		equal(t, "parked", parked, 1)
		return errors.Join(err, tx.Done(ctx, []int64{waiting[0].Seq, waiting[1].Seq}, s.now))
	})
	equal(t, "contacts ready when all is done", len(choose(s.after(time.Hour))), 0)
	equal(t, "inputs after a late redelivery", s.accept(second), 0)

	for _, kind := range []string{store.MessageInput, store.DeskInput} {
		s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
			in := s.message(store.Contact{ID: "nobody", Channel: "web"}, "?")
			in.Kind = kind
			_, err := tx.Accept(ctx, []store.Input{in})
			return err
		})
	}
	// An input about no contact.
	s.accept(store.Input{Channel: "clock", ExternalID: "1", Kind: store.TimerInput, ReceivedAt: s.now})
	if got := choose(s.now); !slices.Equal(got, []string{""}) {
		t.Fatalf("ready: %q, want the empty contact", got)
	}
}
