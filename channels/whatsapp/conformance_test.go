package whatsapp_test

import (
	"context"
	"sync"
	"testing"

	"careline/channels"
	"careline/channels/channeltest"
	"careline/channels/whatsapp/whatsapptest"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

func TestWhatsAppIsAChannel(t *testing.T) {
	features := channeltest.Features{
		Restarts: true, Once: true,
		Failures: []channels.Kind{channels.Retry, channels.Throttled, channels.Rejected, channels.Blocked, channels.Held},
	}
	channeltest.Run(t, features, func(t *testing.T) channeltest.Bench {
		s := build(t)
		s.link(t)
		p := s.person()
		n := &network{stage: s, person: p, sent: map[string]whatsapptest.Sent{}, taken: map[string]bool{}}
		return channeltest.Bench{
			Channel: answering{n}, Network: n, To: address(p),
			Secrets: []string{p.JID().User, s.server.OwnPhone().JID().User},
		}
	})
}

// answering sends to a person who has just written, as soon as there is a connection.
type answering struct{ *network }

func (a answering) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	for ctx.Err() == nil && !a.Connected() {
		_ = a.watch.Pause(ctx, 1)
	}
	m.Heard = a.watch.Now()
	receipt, err := a.WhatsApp.Send(ctx, to, m)
	a.mu.Lock()
	defer a.mu.Unlock()
	if err == nil {
		a.taken[m.Key] = true
	}
	return receipt, err
}

var _ channels.Channel = answering{}

// network brings messages as WhatsApp does, the same one twice too.
type network struct {
	*stage
	person *whatsapptest.Person
	mu     sync.Mutex
	sent   map[string]whatsapptest.Sent // by the suite's id
	taken  map[string]bool              // keys
}

func (n *network) Bring(ctx context.Context, updates ...channeltest.Update) error {
	for _, u := range updates {
		n.mu.Lock()
		known, again := n.sent[u.ID]
		if again {
			n.person.Resend(known)
		} else {
			n.sent[u.ID] = n.person.Send(&waE2E.Message{Conversation: &u.Text})
		}
		n.mu.Unlock()
	}
	for n.server.Pending() > 0 {
		if err := n.watch.Pause(ctx, 1); err != nil {
			return err
		}
	}
	return nil
}

// Shown waits for what the network has acknowledged: it does so before it delivers.
func (n *network) Shown() []string {
	n.mu.Lock()
	want := len(n.taken)
	n.mu.Unlock()
	for tries := 0; len(n.person.Shown()) < want && tries < 1000; tries++ {
		_ = n.watch.Pause(context.Background(), 1)
	}
	return n.person.Shown()
}

func (n *network) Fail(kind channels.Kind) {
	n.server.FailNext("message", 1, map[channels.Kind]whatsapptest.Fault{
		channels.Retry:     whatsapptest.Refused(500),
		channels.Throttled: whatsapptest.Refused(429),
		channels.Rejected:  whatsapptest.Refused(479),
		channels.Blocked:   whatsapptest.Refused(403),
		channels.Held:      whatsapptest.Refused(463),
	}[kind])
}
