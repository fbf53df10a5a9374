package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/channeltest"
)

// page is a person's browser as a network: it tries again what was not taken.
type page struct {
	*stage
	browser *browser
}

func (p page) Bring(ctx context.Context, updates ...channeltest.Update) error {
	for _, u := range updates {
		body, _ := json.Marshal(map[string]string{"id": u.ID, "text": u.Text, "choice": u.Choice})
		for status := 0; status != http.StatusAccepted; p.watch.pass(time.Second) {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("%d at %s: %w", status, u.ID, err)
			}
			status, _, _ = p.browser.post(string(body))
		}
	}
	return nil
}

func (p page) Shown() []string {
	next := p.browser.listen("")
	var texts []string
	for e := next(); e.name == "line"; e = next() {
		texts = append(texts, e.text())
	}
	return texts
}

func (p page) Fail(kind channels.Kind) { panic("the page refuses nothing: " + kind.String()) }

// delivered is the channel with the mailbox filled as the outbox fills it: by the commit before Send.
type delivered struct {
	channels.Channel
	clinic *clinic
	mu     sync.Mutex
	keys   map[string]bool
}

func (d *delivered) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	d.mu.Lock()
	if to.Channel == d.ID() && !d.keys[m.Key] {
		d.keys[m.Key] = true
		d.clinic.says(to.Chat, m)
	}
	d.mu.Unlock()
	return d.Channel.Send(ctx, to, m)
}

func TestTheWebChatIsAChannel(t *testing.T) {
	channeltest.Run(t, channeltest.Features{Buttons: true, Restarts: true, Once: true}, func(t *testing.T) channeltest.Bench {
		s := open(t)
		b := s.visit(t)
		chat := b.chat(s)
		s.forget()
		s.stop()
		<-s.ended
		return channeltest.Bench{
			Channel: &delivered{Channel: s.web, clinic: s.clinic, keys: map[string]bool{}},
			Network: page{s, b},
			To:      channels.Address{Channel: "web", Chat: chat},
		}
	})
}
