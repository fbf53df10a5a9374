package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// watching: a pulse changes with everything that a page shows of a chat, and with nothing else.
func watching(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	pulses := func() (all []store.Pulse) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			all, err = tx.Pulses(ctx, []string{anna.ID, boris.ID, "nobody"})
			return err
		})
		return all
	}
	before := pulses()
	if len(before) != 2 {
		t.Fatalf("%d chats", len(before))
	}
	changes := func(what string, f func(ctx context.Context, tx store.Tx) error) {
		t.Helper()
		s.do(f)
		now := pulses()
		for i, p := range now {
			if changed := p != before[i]; changed != (p.ContactID == anna.ID) {
				t.Errorf("%s: %s was %+v, is %+v", what, p.ContactID, before[i], p)
			}
		}
		before = now
	}
	changes("she writes", func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Accept(ctx, []store.Input{s.message(anna, "hello")})
		return err
	})
	changes("the conversation goes on", func(ctx context.Context, tx store.Tx) error {
		return tx.SaveConversations(ctx, []store.Conversation{{ContactID: anna.ID, State: []byte("{}"), UpdatedAt: s.now}})
	})
	changes("a human takes over", func(ctx context.Context, tx store.Tx) error {
		return tx.SaveConversations(ctx, []store.Conversation{{ContactID: anna.ID, State: []byte("{}"), UpdatedAt: s.now, Owner: "operator"}})
	})
	reply := s.reply(anna, "hi")
	changes("a reply is put", func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, []store.Output{reply}) })
	changes("it could not be sent", func(ctx context.Context, tx store.Tx) error { return tx.Drop(ctx, reply.ID, "blocked", s.now) })

	said := func() (n int64) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			n, err = tx.SaidInTickets(ctx)
			return err
		})
		return n
	}
	unanswered := func(n int, newest time.Time) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) error {
			got, at, err := tx.TicketsWaiting(ctx)
			if got != n || !at.Equal(newest) {
				t.Errorf("%d wait, the newest since %v; want %d, %v", got, at, n, newest)
			}
			return err
		})
	}
	unanswered(0, time.Time{})
	first := store.Ticket{ID: "first", ContactID: anna.ID, PatientID: anna.PatientID, Kind: "asked", Priority: "normal", State: "open", CreatedAt: s.now}
	second := first
	second.ID, second.CreatedAt = "second", s.after(time.Minute)
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.OpenTickets(ctx, []store.Ticket{first, second})
	})
	unanswered(2, second.CreatedAt)
	was := said()
	s.accept(s.message(boris, "hello"))
	if n := said(); n != was {
		t.Errorf("a chat without a ticket counts: %d, %d", was, n)
	}
	s.accept(s.message(anna, "are you there?"))
	if n := said(); n != was+1 {
		t.Errorf("she wrote, and %d became %d", was, n)
	}
	second.State = "taken"
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveTickets(ctx, []store.Ticket{second}) })
	unanswered(1, first.CreatedAt)
}
