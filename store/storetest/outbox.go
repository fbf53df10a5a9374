package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/store"
)

func outbox(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	one, two, three := s.reply(anna, "1"), s.reply(anna, "2"), s.reply(boris, "3")
	tomorrow := s.reply(anna, "tomorrow")
	tomorrow.NotBefore = s.after(24 * time.Hour)
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.Put(ctx, []store.Output{tomorrow, one, two, three})
	})

	claim := func(holder string, at time.Time, channels ...string) map[string]store.Output {
		claimed := map[string]store.Output{}
		s.do(func(ctx context.Context, tx store.Tx) error {
			out, err := tx.Claim(ctx, channels, holder, at, at.Add(time.Minute), 10)
			clear(claimed)
			for _, o := range out {
				claimed[o.ID] = o
			}
			return err
		})
		return claimed
	}
	has := func(what string, got map[string]store.Output, want ...store.Output) {
		t.Helper()
		equal(t, what, len(got), len(want))
		for _, w := range want {
			if _, ok := got[w.ID]; !ok {
				t.Fatalf("%s: %s is missing", what, w.ID)
			}
		}
	}
	has("another channel", claim("a", s.now, "telegram"))
	got := claim("a", s.now, "web", "vk")
	has("the oldest of each contact", got, one, three)
	equal(t, "payload", string(got[one.ID].Payload), string(one.Payload))
	has("while they are leased", claim("b", s.now))
	has("when the lease is over", claim("b", s.after(time.Minute)), one, three)

	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Release(ctx, "b") })
	has("given back", claim("a", s.now), one, three)

	s.do(func(ctx context.Context, tx store.Tx) error {
		ids, err := tx.Yield(ctx, "a", []string{anna.ID})
		equal(t, "given back", strings.Join(ids, " "), one.ID)
		if err != nil {
			return err
		}
		return tx.Later(ctx, one.ID, 1, "no network", s.after(time.Hour))
	})
	has("order is kept while the first one is put off", claim("a", s.now))
	next := get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.NextSend(ctx, nil) })
	if !next.Equal(s.after(time.Minute)) {
		t.Fatalf("next send at %v, want when boris' lease ends", next)
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		behind, err := tx.Sent(ctx, []store.Delivery{{ID: three.ID, Receipt: "n-3", At: s.now}})
		equal(t, "something waits behind boris' message", behind, false)
		if err != nil {
			return err
		}
		return tx.Drop(ctx, one.ID, "rejected", s.now)
	})
	has("a dropped one lets the next go", claim("a", s.now), two)
	s.do(func(ctx context.Context, tx store.Tx) error {
		return sent(ctx, tx, store.Delivery{ID: two.ID, At: s.now})
	})
	receipts := get(s, func(ctx context.Context, tx store.Tx) (map[string]string, error) {
		return tx.Receipts(ctx, []string{one.ID, two.ID, three.ID})
	})
	equal(t, "receipts", len(receipts), 1)
	equal(t, "boris' receipt", receipts[three.ID], "n-3")
	next = get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.NextSend(ctx, []string{"vk"}) })
	equal(t, "nothing to wake up for in another channel", next.IsZero(), true)
	has("not before its time", claim("a", s.after(23*time.Hour)))
	next = get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.NextSend(ctx, nil) })
	if !next.Equal(tomorrow.NotBefore) {
		t.Fatalf("next send at %v, want %v", next, tomorrow.NotBefore)
	}
	has("in its time", claim("a", s.after(24*time.Hour)), tomorrow)
	equal(t, "depth", get(s, OutDepth), 1)

	s.refused(store.ErrDuplicate, func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, []store.Output{one}) })
}

func history(t *testing.T, s *stage) {
	anna := s.met()
	s.accept(s.message(anna, "a"), s.message(anna, "b"))
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.Put(ctx, []store.Output{s.reply(anna, "c")})
	})
	s.accept(s.message(anna, "d"))
	s.accept(store.Input{Channel: "timer", ExternalID: "t", ContactID: anna.ID, Kind: store.TimerInput, ReceivedAt: s.now})

	read := func(after, before int64, limit int) (texts string, lines []store.Line) {
		lines = get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
			return tx.History(ctx, anna.ID, after, before, limit)
		})
		for _, l := range lines {
			texts += string(l.Payload[len(`{"text":"`)])
		}
		return texts, lines
	}
	texts, lines := read(0, 0, 10)
	equal(t, "both ways in order", texts, "abcd")
	equal(t, "the answer is not incoming", lines[2].Incoming, false)
	equal(t, "the question is incoming", lines[1].Incoming, true)
	equal(t, "state", lines[2].State, "waiting")
	texts, _ = read(0, 0, 2)
	equal(t, "the last two", texts, "cd")
	texts, _ = read(lines[1].Seq, 0, 10)
	equal(t, "after b", texts, "cd")
	texts, _ = read(0, lines[2].Seq, 1)
	equal(t, "the one before c", texts, "b")

	s.do(func(ctx context.Context, tx store.Tx) error {
		in, err := tx.Waiting(ctx, []string{anna.ID}, 1)
		if err != nil {
			return err
		}
		return tx.Forget(ctx, []int64{in[0].Seq})
	})
	texts, _ = read(0, 0, 10)
	equal(t, "without what had to be forgotten", texts, "bcd")
}
