package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// about: what a message in the administrators' chat is about, until that person is erased.
func about(t *testing.T, s *stage) {
	room, other, anna, boris := s.met(), s.met(), s.met(), s.met()
	card := func(to store.Contact, of string) store.Output {
		o := s.reply(to, Word+" of "+of)
		o.Ref = of
		return o
	}
	first, second, note, unsent := card(room, anna.ID), card(room, boris.ID), card(room, ""), card(other, anna.ID)
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Put(ctx, []store.Output{first, second, note, unsent}); err != nil {
			return err
		}
		_, err := tx.Sent(ctx, []store.Delivery{{ID: first.ID, Receipt: "1", At: s.now}, {ID: second.ID, Receipt: "2", At: s.now}, {ID: note.ID, Receipt: "3", At: s.now}})
		return err
	})
	is := func(what string, in store.Contact, receipt, want string) {
		t.Helper()
		equal(t, what, get(s, func(ctx context.Context, tx store.Tx) (string, error) { return tx.About(ctx, in.ID, receipt) }), want)
	}
	is("the first card", room, "1", anna.ID)
	is("the second card", room, "2", boris.ID)
	is("a message about nobody", room, "3", "")
	is("nobody's message", room, "4", "")
	is("a message that was not sent yet", other, "", "")
	is("the same id in another chat", other, "1", "")

	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.PatientID, s.now) })
	is("the card of an erased person", room, "1", anna.ID)
	for _, chat := range []store.Contact{room, other} {
		lines := get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
			return tx.History(ctx, chat.ID, 0, 0, 10)
		})
		for _, l := range lines {
			if strings.Contains(string(l.Payload), Word+" of "+anna.ID) {
				t.Errorf("erased, and still there: %s", l.Payload)
			}
		}
		equal(t, "lines", len(lines), map[string]int{room.ID: 3, other.ID: 1}[chat.ID])
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		out, err := tx.Claim(ctx, nil, "a", s.now, s.after(time.Minute), 10)
		equal(t, "what is left to send", len(out), 0)
		return err
	})
}
