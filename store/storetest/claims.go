package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// claims: messages that are born in somebody's hands, so that nobody has to look for them.
func claims(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	in := func(holder string, o store.Output) store.Output {
		o.Holder, o.Until = holder, s.after(time.Minute)
		return o
	}
	born := func(out ...store.Output) (ids string) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) error {
			err := tx.Put(ctx, out)
			ids = ""
			for _, o := range out {
				if o.Holder != "" {
					ids += o.ID + " "
				}
			}
			return err
		})
		return strings.TrimSpace(ids)
	}
	done := 0 // parts of the messages claimed so far that went through
	claimed := func(holder string, at time.Time, limit int) (ids string) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) error {
			out, err := tx.Claim(ctx, []string{"web"}, holder, at, at.Add(time.Minute), limit)
			var all []string
			for _, o := range out {
				all = append(all, o.ID)
				done += o.Done
				equal(t, "holder", o.Holder, holder)
				equal(t, "end of the claim", o.Until.Equal(at.Add(time.Minute)), true)
			}
			ids = strings.Join(all, " ")
			return err
		})
		return ids
	}
	ended := func(ids ...string) (behind bool) {
		t.Helper()
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			done := make([]store.Delivery, len(ids))
			for i, id := range ids {
				done[i] = store.Delivery{ID: id, At: s.now}
			}
			behind, err = tx.Sent(ctx, done)
			return err
		})
		return behind
	}

	one, two, hers := in("a", s.reply(anna, "1")), in("a", s.reply(anna, "2")), in("a", s.reply(boris, "3"))
	tomorrow := in("a", s.reply(boris, "4"))
	tomorrow.NotBefore = s.after(24 * time.Hour)
	equal(t, "born in a's hands, but for tomorrow's", born(one, tomorrow, two, hers), strings.Join([]string{one.ID, two.ID, hers.ID}, " "))
	equal(t, "nothing is left for b", claimed("b", s.now, 10), "")
	three, four, five := in("a", s.reply(anna, "5")), in("b", s.reply(anna, "6")), in("a", s.reply(anna, "7"))
	equal(t, "behind one's own", born(three), three.ID)
	equal(t, "behind another's", born(four), "")
	equal(t, "behind nobody's", born(five), "")
	equal(t, "something waits behind", ended(one.ID, two.ID), true)
	equal(t, "while a has one in hand", claimed("b", s.now, 10), "")

	// What a cannot send goes back with all that a has behind it, and everybody waits for it. Somebody who came to be in
	// no transaction has nothing.
	s.do(func(ctx context.Context, tx store.Tx) error {
		ids, err := tx.Yield(ctx, "a", []string{"nobody", anna.ID})
		equal(t, "given back", strings.Join(ids, " "), three.ID)
		if err != nil {
			return err
		}
		return tx.Later(ctx, three.ID, 2, "no network", s.after(time.Second))
	})
	equal(t, "put behind one that rests", born(in("a", s.reply(anna, "8"))), "")
	equal(t, "before its time", claimed("b", s.now, 10), "")
	equal(t, "in its time", claimed("b", s.after(time.Second), 10), three.ID)
	equal(t, "parts that went through", done, 2)
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.Later(ctx, three.ID, 0, "it is b's now", s.now)
	})
	equal(t, "a has no say any more", claimed("a", s.after(2*time.Second), 10), "")

	// A process that is gone holds nothing.
	alive := func(holder string, until time.Time) {
		s.do(func(ctx context.Context, tx store.Tx) error {
			_, err := tx.Lease(ctx, store.ProcessLease+holder, holder, s.now, until)
			return err
		})
	}
	reclaimed := func() (n int) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) { n, err = tx.Reclaim(ctx, s.now); return err })
		return n
	}
	alive("a", s.after(time.Second))
	alive("b", s.now)
	equal(t, "b's", reclaimed(), 1)
	equal(t, "only a's is left", reclaimed(), 0)
	equal(t, "for whoever lives", claimed("c", s.now, 10), three.ID)
	equal(t, "parts that went through are not forgotten", done, 4)
}

// urgency: who just wrote is answered before anybody is reminded, and all are before campaigns.
func urgency(t *testing.T, s *stage) {
	var all []store.Output
	for _, priority := range []int{store.CampaignLast, store.FollowUpNext, store.AnswerFirst, store.CampaignLast, store.AnswerFirst} {
		o := s.reply(s.met(), "x")
		o.Priority = priority
		all = append(all, o)
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, all) })
	var order []string
	for range all {
		s.do(func(ctx context.Context, tx store.Tx) error {
			out, err := tx.Claim(ctx, []string{"web"}, "a", s.now, s.after(time.Minute), 1)
			if err == nil {
				order = append(order, out[0].ID)
			}
			return err
		})
	}
	equal(t, "order", strings.Join(order, " "), strings.Join([]string{all[2].ID, all[4].ID, all[1].ID, all[0].ID, all[3].ID}, " "))
}
