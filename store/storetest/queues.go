package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"

	"github.com/google/go-cmp/cmp"
)

// queues: what waits is counted by channel, with the age of the oldest, and no more of it than was asked for.
func queues(t *testing.T, s *stage) {
	in := func(limit int) []store.Queue {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Queue, error) { return tx.InQueues(ctx, limit) })
	}
	out := func(now time.Time) []store.Queue {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Queue, error) { return tx.OutQueues(ctx, now, 100) })
	}
	same := func(what string, got []store.Queue, want ...store.Queue) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s:\n%s", what, diff)
		}
	}
	same("nothing waits", in(10))
	anna := s.met()
	later, first := s.message(anna, "there?"), s.message(anna, "hello")
	later.ReceivedAt = s.after(time.Minute)
	s.accept(first, later)
	same("two wait", in(10), store.Queue{Channel: "web", Waiting: 2, Since: s.now})
	same("one is looked at", in(1), store.Queue{Channel: "web", Waiting: 1, Since: s.now})

	parked := func() int {
		return get(s, func(ctx context.Context, tx store.Tx) (int, error) { return tx.Parked(ctx) })
	}
	equal(t, "parked", parked(), 0)
	s.do(func(ctx context.Context, tx store.Tx) error {
		waiting, err := tx.Waiting(ctx, []string{anna.ID}, 1)
		if err != nil {
			return err
		}
		return tx.Park(ctx, waiting[0].Seq, "poison", s.now)
	})
	equal(t, "parked", parked(), 1)
	same("what is parked waits no more", in(10), store.Queue{Channel: "web", Waiting: 1, Since: later.ReceivedAt})

	now, tomorrow, other := s.reply(anna, "hello"), s.reply(anna, "come today"), s.reply(anna, "on Telegram")
	tomorrow.NotBefore, other.Channel = s.after(24*time.Hour), "telegram"
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, []store.Output{now, tomorrow, other}) })
	telegram := store.Queue{Channel: "telegram", Waiting: 1, Since: s.now}
	same("what may go", out(s.now), telegram, store.Queue{Channel: "web", Waiting: 1, Since: s.now})
	s.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Sent(ctx, []store.Delivery{{ID: now.ID, At: s.now}})
		return err
	})
	same("what went waits no more", out(s.after(time.Hour)), telegram)
	same("tomorrow has come", out(s.after(25*time.Hour)), telegram, store.Queue{Channel: "web", Waiting: 1, Since: tomorrow.NotBefore})
}
