package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// remembered: what one channel keeps is its own, may be overwritten and forgotten, and ends by itself.
func remembered(t *testing.T, s *stage) {
	keep := func(channel, value string, until time.Time) {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Remember(ctx, channel, "ts", value, until) })
	}
	recall := func(channel string, now time.Time) string {
		return get(s, func(ctx context.Context, tx store.Tx) (string, error) { return tx.Recall(ctx, channel, "ts", now) })
	}
	now := s.after(0)
	equal(t, "before anything", recall("vk", now), "")
	keep("vk", "17", time.Time{})
	keep("vk", "18", time.Time{})
	equal(t, "what was kept last", recall("vk", now), "18")
	equal(t, "another channel's", recall("whatsapp", now), "")
	keep("whatsapp", "poll", now.Add(time.Hour))
	equal(t, "in time", recall("whatsapp", now), "poll")
	equal(t, "too late", recall("whatsapp", now.Add(time.Hour)), "")
	s.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Prune(ctx, now, now.Add(2*time.Hour), 10)
		return err
	})
	equal(t, "what is over goes", recall("whatsapp", now), "")
	equal(t, "what has no end stays", recall("vk", now), "18")
	keep("vk", "", time.Time{})
	equal(t, "forgotten", recall("vk", now), "")
}
