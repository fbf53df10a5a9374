package vk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/channeltest"
	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

func TestVKIsAChannel(t *testing.T) {
	features := channeltest.Features{
		Buttons: true, Restarts: true, Once: true,
		Failures: []channels.Kind{channels.Retry, channels.Throttled, channels.Rejected, channels.Blocked, channels.Misconfigured},
	}
	polling := func(*vk.Options) {}
	for name, way := range map[string]struct {
		change func(*vk.Options)
		faults vktest.Faults
	}{
		"by polling":                       {polling, vktest.Faults{}},
		"by polling over a bad network":    {polling, vktest.Faults{DropPoll: .2, KeyExpired: .2, Again: .5, Seed: 1}},
		"by callbacks":                     {hooked, vktest.Faults{}},
		"by callbacks that come too often": {hooked, vktest.Faults{Again: .5, Seed: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			channeltest.Run(t, features, func(t *testing.T) channeltest.Bench {
				s := build(t, way.change)
				s.server.SetFaults(way.faults)
				p := s.server.Person(vktest.User{})
				p.Allow("")
				return channeltest.Bench{
					Channel: s, Network: &network{stage: s, person: p, events: map[string]map[string]any{}}, To: address(p.Seat), Secrets: []string{s.server.Token(), secret},
				}
			})
		})
	}
}

// network brings events as VK does, the same one twice too.
type network struct {
	*stage
	person *vktest.Person
	mu     sync.Mutex
	events map[string]map[string]any // by the suite's id
	hooked sync.Once
}

func (n *network) Bring(ctx context.Context, updates ...channeltest.Update) error {
	var err error
	n.hooked.Do(func() {
		if n.options.Mode == vk.Callback {
			err = n.server.SetCallback(n.web.URL+n.Path(), secret)
			return
		}
		select {
		case <-n.server.Asked(): // before, nobody has said from which event on
		case <-ctx.Done():
			err = ctx.Err()
		}
	})
	if err != nil {
		return err
	}
	for _, u := range updates {
		if err := n.inject(u); err != nil {
			return err
		}
		if n.options.Mode == vk.Callback { // what is injected comes by a connection of its own
			if err := n.confirmed(ctx); err != nil {
				return err
			}
		}
	}
	return n.confirmed(ctx)
}

func (n *network) confirmed(ctx context.Context) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for n.server.Pending() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%d events are not confirmed: %w", n.server.Pending(), ctx.Err())
		}
	}
	return nil
}

func (n *network) inject(u channeltest.Update) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	event, again := n.events[u.ID]
	if !again {
		event = n.event(u)
	}
	raw, err := json.Marshal(event)
	if err != nil {
		return err
	}
	event["event_id"], err = n.server.Inject(string(raw))
	n.events[u.ID] = event
	return err
}

func (n *network) event(u channeltest.Update) map[string]any {
	chat, place := n.person.ChatID(), len(n.events)+1
	if u.Choice != "" {
		return map[string]any{"type": "message_event", "object": map[string]any{
			"user_id": chat, "peer_id": chat, "event_id": "none", "conversation_message_id": place, "payload": map[string]string{"careline": u.Choice, "label": u.Text},
		}}
	}
	return map[string]any{"type": "message_new", "object": map[string]any{
		"message": map[string]any{"id": place, "conversation_message_id": place, "date": 1790000000, "from_id": chat, "peer_id": chat, "text": u.Text},
	}}
}

func (n *network) Shown() []string { return n.person.Shown() }

func (n *network) Fail(kind channels.Kind) {
	n.server.FailNext("messages.send", 1, map[channels.Kind]vktest.Fault{
		channels.Retry:         vktest.ServerError,
		channels.Throttled:     vktest.Throttled,
		channels.Rejected:      vktest.Refused(914, "Message is too long"),
		channels.Blocked:       vktest.Refused(902, "Can't send messages to this user due to their privacy settings"),
		channels.Misconfigured: vktest.BadToken,
	}[kind])
}
