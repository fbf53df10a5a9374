package whatsapp

import (
	"context"
	"fmt"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// message stores what came; false = bring it again.
func (l *line) message(e *events.Message) (stored bool) {
	if !l.isTalk(&e.Info) {
		return true
	}
	l.unread.came(e.Info.ID)
	if !l.store(func(ctx context.Context) (*channels.Incoming, error) { return l.incoming(ctx, e) }) {
		return false
	}
	if !e.Info.IsFromMe {
		l.aside(func() { l.read(&e.Info) })
	}
	return true
}

// isTalk: a person speaks with the clinic, and nobody else hears it.
func (l *line) isTalk(i *types.MessageInfo) bool {
	if i.Chat.User == l.device.User || i.Chat.User == l.self.User || i.Chat.User == types.PSAJID.User { // ourselves, or WhatsApp
		return false
	}
	return !i.IsGroup && !i.IsIncomingBroadcast() && !i.IsNewsletterStatus && isPerson(i.Chat) && !i.Chat.IsBot() && i.Category != "peer"
}

// store brings a message to the sink again and again until it is taken: WhatsApp brings nothing again before the next
// connection, and what comes behind must not overtake it. False when the line was closed before.
func (l *line) store(make func(context.Context) (*channels.Incoming, error)) bool {
	l.turn.Lock()
	defer l.turn.Unlock()
	for tries := 0; !l.isClosed() && l.ctx.Err() == nil; tries++ {
		in, err := make(l.ctx)
		if err == nil && in == nil {
			return true
		}
		if err == nil {
			if err = l.sink.Accept(l.ctx, *in); err == nil {
				return true
			}
			err = fmt.Errorf("storing a message: %w", err)
		}
		l.options.Log.WarnContext(l.ctx, "whatsapp message was not stored", "try", tries+1, "error", err)
		if l.options.Pause(l.ctx, min(firstPause<<min(tries, 10), longestPause)) != nil {
			break
		}
	}
	return false
}

// read shows the person that we have it: it is stored.
func (l *line) read(i *types.MessageInfo) {
	ctx, cancel := context.WithTimeout(l.work, callWithin)
	defer cancel()
	if err := l.client.MarkRead(ctx, []types.MessageID{i.ID}, l.options.Now(), i.Chat, i.Sender); err != nil {
		l.options.Log.DebugContext(ctx, "whatsapp message was not marked as read", "error", lost(err))
	}
}

const (
	skewAhead  = 5 * time.Minute
	keptFor    = 31 * 24 * time.Hour // WhatsApp brings nothing older
	pollsLast  = 60 * 24 * time.Hour
	graceFor   = 20 * time.Second
	unreadable = "undecryptable"
)

// moment is when it was written, or now if a clock is wrong.
func (l *line) moment(at time.Time) time.Time {
	now := l.options.Now().UTC()
	if at.After(now.Add(skewAhead)) || at.Before(now.Add(-keptFor)) {
		return now
	}
	return at.UTC()
}
