package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// rooms: cards of the administrators' chats, which change and come again.
func rooms(t *testing.T, s *stage) {
	room, anna := s.met(), s.met()
	later := func(o store.Output, ref, changes string) store.Output {
		o.NotBefore, o.Ref, o.Changes = s.now, ref, changes
		return o
	}
	put := func(out ...store.Output) {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, out) })
	}
	next := func() (o store.Output) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) error {
			out, err := tx.Claim(ctx, nil, "a", s.now, s.after(time.Minute), 1)
			if len(out) > 0 {
				o = out[0]
			}
			return err
		})
		return o
	}
	sent := func(o store.Output, receipt string) {
		s.do(func(ctx context.Context, tx store.Tx) error {
			_, err := tx.Sent(ctx, []store.Delivery{{ID: o.ID, Receipt: receipt, At: s.now}})
			return err
		})
	}
	card, other := later(s.reply(room, Word+" 1"), anna.ID, ""), later(s.reply(room, Word+" 2"), anna.ID, "")
	put(card, other)
	sent(card, "1")
	sent(other, "2")

	// Of several changes of a card the last goes, but for one that is under way.
	first := later(s.reply(room, "first"), "", card.ID)
	put(first)
	equal(t, "under way", next().ID, first.ID)
	second, elsewhere, third := later(s.reply(room, "second"), "", card.ID), later(s.reply(room, "of the other"), "", other.ID), later(s.reply(room, Word+" third"), "", card.ID)
	put(second)
	put(elsewhere)
	put(third)
	sent(first, "1")
	equal(t, "what is not overtaken", next().ID, elsewhere.ID)
	sent(elsewhere, "2")
	equal(t, "the last change", next().ID, third.ID)
	sent(third, "1")
	equal(t, "nothing more", next().ID, "")

	// A card that was deleted comes again under its id.
	again := func(o store.Output) (known bool) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			known, err = tx.Again(ctx, o)
			return err
		})
		return known
	}
	card.Payload = []byte(`{"text":"again"}`)
	equal(t, "again", again(card), true)
	equal(t, "while it waits", again(card), true)
	equal(t, "one that never was", again(s.reply(room, "new")), false)
	got := next()
	equal(t, "it goes", got.ID+string(got.Payload), card.ID+`{"text":"again"}`)
	sent(card, "9")
	receipts := get(s, func(ctx context.Context, tx store.Tx) (map[string]string, error) {
		return tx.Receipts(ctx, []string{card.ID})
	})
	equal(t, "what is changed from now on", receipts[card.ID], "9")

	// Who takes tickets, and whose they are.
	mine, old := s.ticket(anna, "Мария", "", "taken", time.Time{}), s.ticket(anna, "Пётр", "", "closed", s.now.Add(-48*time.Hour))
	account, closed := s.ticket(anna, "Ольга", "account", "taken", time.Time{}), s.ticket(anna, "Ирина", "", "closed", s.now)
	takers := get(s, func(ctx context.Context, tx store.Tx) ([]string, error) {
		return tx.Takers(ctx, s.now.Add(-24*time.Hour), 10)
	})
	equal(t, "takers", strings.Join(takers, " "), "Ирина Мария")
	all := get(s, func(ctx context.Context, tx store.Tx) ([]string, error) {
		return tx.TicketsOfPatient(ctx, anna.PatientID)
	})
	equal(t, "tickets", strings.Join(all, " "), strings.Join([]string{mine, old, account, closed}, " "))

	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.PatientID, s.now) })
	for _, l := range get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
		return tx.History(ctx, room.ID, 0, 0, 20)
	}) {
		if strings.Contains(string(l.Payload), Word) {
			t.Errorf("erased, and still there: %s", l.Payload)
		}
	}
}

// ticket opens one of the contact and returns its id.
func (s *stage) ticket(c store.Contact, by, account, state string, closed time.Time) string {
	k := store.Ticket{
		ID: s.id("ticket"), ContactID: c.ID, PatientID: c.PatientID, Kind: "asked", Priority: "normal", State: state, TakenBy: by, Account: account,
		CreatedAt: s.now, ClosedAt: closed,
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.OpenTickets(ctx, []store.Ticket{k}) })
	return k.ID
}
