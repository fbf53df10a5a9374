package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot"
)

const (
	pollFor   = 30 * time.Second // Telegram answers earlier when there is something
	pollSlack = 10 * time.Second // more, and the connection is dead
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
	var patience time.Duration // none at first and after a failure: an answer at once tells whether all is well
	for tries := 0; ctx.Err() == nil; {
		updates, next, err := t.ask(ctx, offset, patience)
		if ctx.Err() != nil {
			break
		}
		contested := tries > 0 && patience == 0 && t.health.contested() // only a long poll tells that nobody else polls
		if !contested || err != nil {
			t.health.received(t.options.Now(), err)
		}
		if err != nil {
			t.failed(ctx, err, tries)
			tries, patience = tries+1, 0
			continue
		}
		if !t.store(ctx, in, updates) {
			break
		}
		for _, u := range updates {
			answers.add(u.query)
		}
		if patience = pollFor; !contested {
			tries = 0
		}
		if next > 0 { // after a quiet week Telegram begins at another number, which may be lower
			offset = next
		}
	}
	return ctx.Err()
}

// store brings a batch to in again and again until it is taken; false when ctx ended before.
func (t *Telegram) store(ctx context.Context, in channels.Sink, updates []received) bool {
	messages := make([]channels.Incoming, len(updates))
	for i, u := range updates {
		messages[i] = u.in
	}
	for tries := 0; len(messages) > 0; tries++ {
		err := in.Accept(ctx, messages...)
		if err == nil {
			t.health.received(t.options.Now(), nil)
			break
		}
		err = fmt.Errorf("storing updates: %w", err)
		t.health.received(t.options.Now(), err)
		t.options.Log.WarnContext(ctx, "telegram updates were not stored", "updates", len(updates), "try", tries+1, "error", err)
		if t.options.Pause(ctx, wait(err, tries)) != nil {
			return false
		}
	}
	return true
}

// ask waits for updates from offset on; next is the offset after them.
func (t *Telegram) ask(ctx context.Context, offset int64, patience time.Duration) (updates []received, next int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience+pollSlack)
	defer cancel()
	question := &asking{Offset: offset, Limit: pollLimit, Timeout: int(patience / time.Second), Allowed: allowed}
	err = t.client.post(ctx, "getUpdates", question, func(status int, body []byte) error {
		var batch []update
		if err := decode(status, body, &batch); err != nil {
			return err
		}
		updates = make([]received, 0, len(batch))
		for i := range batch {
			next = max(next, batch[i].ID+1)
			r, err := t.convert(ctx, &batch[i], func() []byte { return part(body, i) })
			if err != nil {
				return err
			}
			if r != nil {
				updates = append(updates, *r)
			}
		}
		return nil
	})
	return updates, next, err
}

// part is the i-th update of an answer as it came.
func part(body []byte, i int) []byte {
	var raw []json.RawMessage
	if err := decode(http.StatusOK, body, &raw); err != nil || i >= len(raw) {
		return nil
	}
	return raw[i]
}

// failed says what went wrong, mends what can be mended, and pauses.
func (t *Telegram) failed(ctx context.Context, err error, tries int) {
	if wire.CodeOf(err) == "409" && !isContest(err) {
		t.options.Log.WarnContext(ctx, "telegram had a webhook set: it is deleted, for polling was asked for")
		if err := t.client.call(ctx, "deleteWebhook", &bot.DeleteWebhookParams{}, nil); err == nil {
			return
		}
	} else {
		t.options.Log.WarnContext(ctx, "telegram poll failed", "try", tries+1, "error", advise(err))
	}
	_ = t.options.Pause(ctx, wait(err, tries)) // the loop sees that ctx ended
}
