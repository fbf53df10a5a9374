// Package storetest is what every store must keep: order, duplicates, locks, crashes, and that no two
// appointments ever overlap.
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"careline/store"
)

// Run tells the stories of a store. open gives an empty, migrated one, closed at the test's end.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	stories := []struct {
		name string
		tell func(t *testing.T, s *stage)
	}{
		{"transactions", transactions},
		{"inbox", inbox},
		{"outbox", outbox},
		{"claims", claims},
		{"urgency", urgency},
		{"about", about},
		{"rooms", rooms},
		{"history", history},
		{"spoken", spoken},
		{"seen", seen},
		{"timers", timers},
		{"people", people},
		{"conversations", conversations},
		{"consents", consents},
		{"booking", booking},
		{"named", named},
		{"remembered", remembered},
		{"closing", closing},
		{"races", races},
		{"never overlapping", neverOverlapping},
		{"waitlist", waitlist},
		{"found", found},
		{"treatment", treatment},
		{"tickets", tickets},
		{"last closed", lastClosed},
		{"presences", presences},
		{"drafts", drafts},
		{"events", events},
		{"answers", answers},
		{"links", links},
		{"points", points},
		{"invitations", invitations},
		{"leases", leases},
		{"queues", queues},
		{"erasure", erasure},
		{"pasted texts", pastedTexts},
		{"batches", batches},
		{"pruning", pruning},
		{"segments", segments},
		{"search", search},
		{"cards", cards},
		{"sessions", sessions},
		{"messengers", messengers},
		{"accounts", accounts},
		{"sign-ins", signIns},
		{"attempts", attempts},
		{"audit", audited},
		{"watching", watching},
		{"listed", listed},
	}
	for _, story := range stories {
		t.Run(story.name, func(t *testing.T) {
			story.tell(t, &stage{T: t, Store: open(t), now: Noon})
		})
	}
}

// Noon is when the stories begin.
var Noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// stage is a store on which a story is told.
type stage struct {
	*testing.T
	store.Store
	now time.Time
	ids atomic.Int64
}

func (s *stage) id(kind string) string { return fmt.Sprintf("%s-%d", kind, s.ids.Add(1)) }

func (s *stage) after(d time.Duration) time.Time { return s.now.Add(d) }

// do runs f in a transaction that must succeed.
func (s *stage) do(f func(ctx context.Context, tx store.Tx) error) {
	s.Helper()
	if err := s.try(f); err != nil {
		s.Fatal(err)
	}
}

func (s *stage) try(f func(ctx context.Context, tx store.Tx) error) error {
	return s.Tx(s.Context(), func(tx store.Tx) error { return f(s.Context(), tx) })
}

// refused wants the transaction to end with the error.
func (s *stage) refused(want error, f func(ctx context.Context, tx store.Tx) error) {
	s.Helper()
	if err := s.try(f); !errors.Is(err, want) {
		s.Fatalf("got %v, want %v", err, want)
	}
}

// get reads a value.
func get[T any](s *stage, f func(ctx context.Context, tx store.Tx) (T, error)) T {
	s.Helper()
	var v T
	err := s.Read(s.Context(), func(tx store.Tx) (err error) {
		v, err = f(s.Context(), tx)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return v
}

// met makes a contact with a patient.
func (s *stage) met() store.Contact {
	s.Helper()
	var c []store.Contact
	s.do(func(ctx context.Context, tx store.Tx) (err error) {
		c, err = tx.Meet(ctx, []store.Contact{s.stranger()})
		return err
	})
	return c[0]
}

func (s *stage) stranger() store.Contact {
	return store.Contact{ID: s.id("c"), Channel: "web", Chat: s.id("chat"), PatientID: s.id("p"), CreatedAt: s.now}
}

func (s *stage) message(c store.Contact, text string) store.Input {
	payload, _ := json.Marshal(map[string]string{"text": text})
	return store.Input{Channel: c.Channel, ExternalID: s.id("in"), ContactID: c.ID, Kind: store.MessageInput, Payload: payload, ReceivedAt: s.now}
}

func (s *stage) reply(c store.Contact, text string) store.Output {
	payload, _ := json.Marshal(map[string]string{"text": text})
	return store.Output{ID: s.id("out"), ContactID: c.ID, Channel: c.Channel, Chat: c.Chat, Class: "service", Payload: payload, CreatedAt: s.now}
}

func (s *stage) accept(in ...store.Input) (n int) {
	s.Helper()
	s.do(func(ctx context.Context, tx store.Tx) (err error) {
		n, err = tx.Accept(ctx, in)
		return err
	})
	return n
}

func sent(ctx context.Context, tx store.Tx, done ...store.Delivery) error {
	_, err := tx.Sent(ctx, done)
	return err
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}
