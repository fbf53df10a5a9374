package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

// stalled is how long no poll may end well; one lasts longest for pollFor.
const stalled = 3 * time.Minute

// health remembers how the last calls went.
type health struct {
	mu       sync.Mutex
	running  bool
	since    time.Time // of the last good poll or registration, or of the start
	trouble  error     // of receiving; nil after a success
	unsent   error     // of sending, when no message can go
	reported string    // by Telegram, of our webhook
}

func (h *health) runs(now time.Time, running bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.running, h.since, h.trouble, h.reported = running, now, nil, ""
}

// received is what the last poll or registration came to.
func (h *health) received(now time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.trouble = err; err == nil {
		h.since = now
	}
}

// contested tells whether the last trouble was another program with our token.
func (h *health) contested() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return isContest(h.trouble)
}

// isContest tells a 409 because of another poll from one because of a webhook, which we delete.
func isContest(err error) bool {
	return wire.CodeOf(err) == "409" && !strings.Contains(err.Error(), "webhook")
}

// told is what Telegram last complained of our webhook, or nothing; it tells whether that is news.
func (h *health) told(complaint string) (news bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	news = h.reported != complaint
	h.reported = complaint
	return news
}

// sent is what the last call of Send came to. Only what concerns all messages is remembered.
func (h *health) sent(err error) {
	if err != nil && channels.KindOf(err) != channels.Misconfigured {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.unsent = err
}

// Healthy tells what to do when messages do not come or go. A process that does not run the channel, because
// another one polls, is healthy as long as it can send.
func (t *Telegram) Healthy(context.Context) error {
	h := &t.health
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.unsent != nil:
		return advise(h.unsent)
	case !h.running && !t.Single():
		return errors.New("the Telegram channel is not running")
	case h.trouble != nil:
		return advise(h.trouble)
	case h.reported != "":
		return fmt.Errorf("Telegram cannot reach the webhook at %s: %s; check the proxy and its certificate", t.address(), h.reported)
	case h.running && t.Single() && t.options.Now().Sub(h.since) > stalled:
		return fmt.Errorf("no answer from Telegram since %s; check the network", h.since.UTC().Format(time.RFC3339))
	}
	return nil
}

func advise(err error) error {
	if isContest(err) {
		return fmt.Errorf("another program polls Telegram with the same token; stop it, or give it a token of its own: %w", err)
	}
	if channels.KindOf(err) == channels.Misconfigured {
		return fmt.Errorf("Telegram does not know the token, which was revoked or mistyped; take the current one from BotFather and start again with it: %w", err)
	}
	return err
}
