package vk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/api"
)

// stalled is how long no poll may end well; one lasts longest for pollFor.
const stalled = 3 * time.Minute

// health remembers how the last calls went.
type health struct {
	mu      sync.Mutex
	running bool
	since   time.Time // of the last good poll or look, or of the start
	trouble error     // of receiving; nil after a success
	unsent  error     // of sending, when no message can go
	set     string    // what is to be changed in the community's settings
	other   int64     // the community that the token is of, when that is not ours
}

func (h *health) runs(now time.Time, running bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.running, h.since, h.trouble, h.set = running, now, nil, ""
}

// received is what the last poll or look came to.
func (h *health) received(now time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.trouble = err; err == nil {
		h.since = now
	}
}

// wants is what to change in the settings, or nothing; it tells whether that is news.
func (h *health) wants(advice string) (news bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	news = h.set != advice
	h.set = advice
	return news
}

// wanting tells whether something is to be changed in the settings.
func (h *health) wanting() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.set != ""
}

func (h *health) foreign(group int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.other = group
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

// Healthy tells what to do when messages do not come or go. A process that does not run the channel, because another
// one polls, is healthy as long as it can send.
func (v *VK) Healthy(context.Context) error {
	h := &v.health
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.other != 0:
		return fmt.Errorf("the VK token is of community %d, the settings say %d; write the right number, or take the key of your community", h.other, v.options.GroupID)
	case h.unsent != nil:
		return advise(h.unsent)
	case !h.running && !v.Single():
		return errors.New("the VK channel is not running")
	case h.trouble != nil && h.set != "":
		return fmt.Errorf("%s: %w", h.set, h.trouble)
	case h.trouble != nil:
		return advise(h.trouble)
	case h.set != "":
		return errors.New(h.set)
	case h.running && v.Single() && v.options.Now().Sub(h.since) > stalled:
		return fmt.Errorf("no answer from VK since %s; check the network", h.since.UTC().Format(time.RFC3339))
	}
	return nil
}

// advise adds what to do about an error that lasts until somebody does it.
func advise(err error) error {
	switch {
	case channels.KindOf(err) != channels.Misconfigured:
		return err
	case refusedWith(err, api.ErrMessagesChatBotFeature):
		return fmt.Errorf("the community shows no buttons of a bot; switch on «Возможности ботов» in Управление → Сообщения → Настройки для бота: %w", err)
	case refusedWith(err, api.ErrAccess, api.ErrGroupAuth, api.ErrMethodPermission, api.ErrAppAuth):
		return fmt.Errorf("the VK token may not do this; switch on the community's messages (Управление → Сообщения) and make a key with the rights to manage the community, to its messages, photos and documents: %w", err)
	}
	return fmt.Errorf("VK does not know the token, which was revoked or mistyped; take a key from Управление → Работа с API and start again with it: %w", err)
}
