package whatsapp

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
)

// timers are the chats whose messages disappear: ours there disappear too, as the person wishes.
type timers struct {
	memory channels.Memory
	mu     sync.Mutex
	known  map[string]uint32 // seconds, by chat
}

// note keeps what a message tells of its chat's timer.
func (t *timers) note(ctx context.Context, chat string, e *events.Message, m *waE2E.Message) error {
	if p := m.GetProtocolMessage(); p.GetType() == waE2E.ProtocolMessage_EPHEMERAL_SETTING && p != nil {
		return t.set(ctx, chat, p.GetEphemeralExpiration())
	}
	c := contextOf(m)
	if e.Info.IsFromMe || c == nil && !e.IsEphemeral && m.GetConversation() == "" {
		return nil // it does not tell
	}
	return t.set(ctx, chat, c.GetExpiration())
}

func (t *timers) set(ctx context.Context, chat string, seconds uint32) error {
	known, err := t.of(ctx, chat)
	if err != nil || known == seconds {
		return err
	}
	value := ""
	if seconds > 0 {
		value = strconv.FormatUint(uint64(seconds), 10)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.memory.Remember(ctx, "timer "+chat, value, time.Time{}); err != nil {
		return fmt.Errorf("remembering a chat's timer: %w", err)
	}
	t.known[chat] = seconds
	return nil
}

// of is after how many seconds messages of the chat disappear; 0 = they stay.
func (t *timers) of(ctx context.Context, chat string) (uint32, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if seconds, ok := t.known[chat]; ok {
		return seconds, nil
	}
	value, err := t.memory.Recall(ctx, "timer "+chat)
	if err != nil {
		return 0, fmt.Errorf("recalling a chat's timer: %w", err)
	}
	seconds, _ := strconv.ParseUint(value, 10, 32) // empty = none
	t.known[chat] = uint32(seconds)
	return uint32(seconds), nil
}
