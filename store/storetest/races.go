package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"careline/store"
)

func errorIs(err, target error) bool { return errors.Is(err, target) }

// races: a hundred want one slot with two practitioners, asked for in either order; exactly one gets it.
func races(t *testing.T, s *stage) {
	const people = 100
	start := s.after(time.Hour)
	contacts := make([]store.Contact, people)
	for i := range contacts {
		contacts[i] = s.met()
	}
	results := make(chan error, people)
	var gate, all sync.WaitGroup
	gate.Add(1)
	for i, c := range contacts {
		all.Go(func() {
			parts := []store.Part{part("smith", start, 30), part("jones", start, 30)}
			if i%2 == 1 {
				parts[0], parts[1] = parts[1], parts[0]
			}
			gate.Wait()
			results <- s.Tx(t.Context(), func(tx store.Tx) error {
				return tx.Book(t.Context(), s.visit(c, parts...), s.now)
			})
		})
	}
	gate.Done()
	all.Wait()
	close(results)
	won := 0
	for err := range results {
		switch {
		case err == nil:
			won++
		case !errorIs(err, store.ErrTaken):
			t.Fatalf("a loser got %v, want %v", err, store.ErrTaken)
		}
	}
	equal(t, "winners", won, 1)
	equal(t, "smith's day", len(s.day("smith", s.now)), 1)
	equal(t, "jones' day", len(s.day("jones", s.now)), 1)

	// Ten who work on the inbox at the same time: every input is done once, in order per contact.
	for range 3 {
		for _, c := range contacts[:30] {
			s.accept(s.message(c, "x"))
		}
	}
	var mu sync.Mutex
	last, done := map[string]int64{}, 0
	for range 10 {
		all.Go(func() {
			for {
				n, err := step(t.Context(), s, func(in store.Input) {
					mu.Lock()
					defer mu.Unlock()
					done++
					if in.Seq <= last[in.ContactID] {
						t.Errorf("input %d of %s came after %d", in.Seq, in.ContactID, last[in.ContactID])
					}
					last[in.ContactID] = in.Seq
				})
				if err != nil {
					t.Error(err)
				}
				if n == 0 {
					return
				}
			}
		})
	}
	all.Wait()
	mu.Lock()
	defer mu.Unlock()
	for n := 1; n > 0; { // what a worker saw locked and left for later
		var err error
		if n, err = step(t.Context(), s, func(store.Input) { done++ }); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "inputs done", done, 90)
}

// step does one input of some contacts and tells of them after the commit.
func step(ctx context.Context, s *stage, did func(store.Input)) (n int, err error) {
	var inputs []store.Input
	err = s.Tx(ctx, func(tx store.Tx) error {
		contacts, err := tx.Ready(ctx, s.now, 5)
		if err != nil {
			return err
		}
		if inputs, err = tx.Waiting(ctx, contacts, 1); err != nil {
			return err
		}
		seqs := make([]int64, len(inputs))
		for i, in := range inputs {
			seqs[i] = in.Seq
			did(in) // the contact is still locked
		}
		n = len(contacts)
		return tx.Done(ctx, seqs, s.now)
	})
	return n, err
}
