package storetest

import (
	"context"
	"errors"
	"testing"

	"careline/store"
)

var errStory = errors.New("the story wants it so")

func transactions(t *testing.T, s *stage) {
	anna := s.met()
	depth := func() int {
		return get(s, func(ctx context.Context, tx store.Tx) (int, error) {
			n, _, err := InDepth(ctx, tx)
			return n, err
		})
	}
	signals, stop := s.Wake(store.InboxTopic)
	defer stop()

	// A crash in the middle leaves nothing, and wakes nobody.
	s.refused(errStory, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Accept(ctx, []store.Input{s.message(anna, "lost")})
		tx.Wake(store.InboxTopic)
		return errors.Join(err, errStory)
	})
	equal(t, "depth after a rollback", depth(), 0)
	func() {
		defer func() { _ = recover() }()
		_ = s.try(func(ctx context.Context, tx store.Tx) error {
			_, _ = tx.Accept(ctx, []store.Input{s.message(anna, "lost")})
			panic("crash")
		})
	}()
	equal(t, "depth after a panic", depth(), 0)
	equal(t, "signals", len(signals), 0)

	// A savepoint undoes only what is inside.
	s.do(func(ctx context.Context, tx store.Tx) error {
		if _, err := tx.Accept(ctx, []store.Input{s.message(anna, "kept")}); err != nil {
			return err
		}
		err := tx.Savepoint(ctx, func() error {
			_, err := tx.Accept(ctx, []store.Input{s.message(anna, "undone")})
			inner := tx.Savepoint(ctx, func() error { return tx.Put(ctx, []store.Output{{ID: "x", ContactID: "nobody"}}) })
			if !errors.Is(inner, store.ErrNotFound) {
				t.Errorf("inner savepoint: %v", inner)
			}
			return errors.Join(err, errStory)
		})
		if !errors.Is(err, errStory) {
			t.Errorf("savepoint: %v", err)
		}
		tx.Wake(store.InboxTopic)
		tx.Wake(store.InboxTopic)
		return nil
	})
	equal(t, "depth after a savepoint", depth(), 1)
	<-signals

	// Reading does not write.
	err := s.Read(t.Context(), func(tx store.Tx) error {
		_, err := tx.Accept(t.Context(), []store.Input{s.message(anna, "no")})
		return err
	})
	if err == nil || depth() != 1 {
		t.Fatalf("a reading transaction wrote: %v", err)
	}

	// An ended context ends the transaction.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Tx(ctx, func(store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled transaction: %v", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatalf("migrating again: %v", err)
	}
}
