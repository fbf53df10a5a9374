package runner

import (
	"context"
	"sync"
	"time"

	"careline/channels"

	"golang.org/x/time/rate"
)

// lane is one channel with its pace. Paces are the network's, so they run on the machine's clock.
type lane struct {
	channel channels.Channel
	pace    *rate.Limiter
	perChat time.Duration
	mu      sync.Mutex
	last    map[string]time.Time // chat → last message
}

// wait keeps the network's pace, over all chats and in this one.
func (l *lane) wait(ctx context.Context, chat string) error {
	if l.perChat > 0 {
		l.mu.Lock()
		at := l.last[chat].Add(l.perChat)
		now := time.Now()
		if at.Before(now) {
			at = now
		}
		l.last[chat] = at
		if len(l.last) > 10_000 {
			clear(l.last)
		}
		l.mu.Unlock()
		timer := time.NewTimer(at.Sub(now))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return l.pace.Wait(ctx)
}
