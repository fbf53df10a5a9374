package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"careline/channels"

	"github.com/go-telegram/bot"
)

const (
	pollFor   = 50 * time.Second // Telegram answers earlier when there is something
	pollLimit = 100
)

// asking is a long poll; the library keeps its own to itself.
type asking struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"` // seconds
	Allowed []string `json:"allowed_updates"`
}

// poll asks for updates and moves on only when those of the last answer are stored: the next question's offset
// is what confirms them. The library's own loop confirms what lies in its memory.
func (t *Telegram) poll(ctx context.Context, in channels.Sink) error {
	answers, stop := t.answering(ctx)
	defer stop()
	var offset int64
	for tries := 0; ctx.Err() == nil; {
		updates, next, err := t.ask(ctx, offset)
		if err == nil {
			err = t.accept(ctx, in, updates)
		}
		if ctx.Err() != nil {
			break
		}
		t.health.received(t.options.Now(), err)
		if err != nil {
			t.failed(ctx, err, tries)
			tries++
			continue
		}
		for _, u := range updates {
			answers.add(u.query)
		}
		tries, offset = 0, max(offset, next)
	}
	return ctx.Err()
}

// ask waits for updates from offset on; next is the offset after them.
func (t *Telegram) ask(ctx context.Context, offset int64) (updates []received, next int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, pollFor+callWithin)
	defer cancel()
	question := &asking{Offset: offset, Limit: pollLimit, Timeout: int(pollFor / time.Second), Allowed: allowed}
	err = t.client.post(ctx, "getUpdates", question, func(status int, body []byte) error {
		var raw []json.RawMessage
		if err := decode(status, body, &raw); err != nil {
			return err
		}
		for _, r := range raw {
			u, id := t.read(ctx, r)
			if next = max(next, id+1); u != nil {
				updates = append(updates, *u)
			}
		}
		return nil
	})
	return updates, next, err
}

func (t *Telegram) accept(ctx context.Context, in channels.Sink, updates []received) error {
	if len(updates) == 0 {
		return nil
	}
	messages := make([]channels.Incoming, len(updates))
	for i, u := range updates {
		messages[i] = u.in
	}
	if err := in.Accept(ctx, messages...); err != nil {
		return fmt.Errorf("storing updates: %w", err)
	}
	return nil
}

// failed says what went wrong, mends what can be mended, and pauses.
func (t *Telegram) failed(ctx context.Context, err error, tries int) {
	if codeOf(err) != "409" {
		t.options.Log.WarnContext(ctx, "telegram poll failed", "try", tries+1, "error", err)
	} else if strings.Contains(err.Error(), "webhook") {
		t.options.Log.WarnContext(ctx, "telegram had a webhook set: it is deleted, for polling was asked for")
		if err := t.client.call(ctx, "deleteWebhook", &bot.DeleteWebhookParams{}, nil); err == nil {
			return
		}
	} else {
		t.options.Log.WarnContext(ctx, "another program polls Telegram with the same token: stop it, or give it a token of its own", "try", tries+1)
	}
	_ = t.options.Pause(ctx, wait(err, tries)) // the loop sees that ctx ended
}
