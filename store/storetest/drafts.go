package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"careline/store"
)

// drafts: a file waits to be sent by whoever chose it, in the chat it is for, until it is sent, removed, or too old.
func drafts(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	keep := func(c store.Contact, account, ref string, at time.Time) store.File {
		f := store.File{Ref: ref, Channel: c.Channel, Chat: c.Chat, Name: ref + ".pdf", Kind: "document", MIME: "application/pdf", Data: []byte("four"), CreatedAt: at}
		s.do(func(ctx context.Context, tx store.Tx) error {
			if err := tx.PutFile(ctx, f); err != nil {
				return err
			}
			return tx.Draft(ctx, account, c.ID, ref, at)
		})
		f.Data, f.Size = nil, 4
		return f
	}
	waiting := func(what, account string, c store.Contact, want ...store.File) {
		t.Helper()
		same(s, what, want, func(ctx context.Context, tx store.Tx) ([]store.File, error) { return tx.Drafts(ctx, account, c.ID) })
	}
	is := func(what string, c store.Contact, ref string, want error) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) error {
			if _, err := tx.FileIn(ctx, c.Channel, c.Chat, ref); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", what, err, want)
			}
			return nil
		})
	}
	waiting("nothing", "olga", anna)
	first, second := keep(anna, "olga", "first", s.now), keep(anna, "olga", "second", s.after(time.Second))
	hers, other := keep(anna, "irina", "hers", s.now), keep(boris, "olga", "other", s.now)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Draft(ctx, "irina", boris.ID, "first", s.now) })
	waiting("the first first", "olga", anna, first, second)
	waiting("by account", "irina", anna, hers)
	waiting("by chat", "olga", boris, other)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Undraft(ctx, "irina", anna.ID, "first", false) })
	waiting("nobody removes another's", "olga", anna, first, second)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Undraft(ctx, "olga", anna.ID, "first", true) })
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Undraft(ctx, "olga", anna.ID, "second", false) })
	waiting("sent and removed", "olga", anna)
	is("what was sent", anna, "first", nil)
	is("what was removed", anna, "second", store.ErrNotFound)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.PatientID, s.after(time.Hour)) })
	waiting("of somebody who was erased", "irina", anna)
	s.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Prune(ctx, s.now.AddDate(-1, 0, 0), s.after(time.Minute), 100)
		return err
	})
	waiting("too old", "olga", boris)
	is("too old", boris, "other", store.ErrNotFound)
}
