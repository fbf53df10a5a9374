package telegram_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/channeltest"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

func TestTelegramIsAChannel(t *testing.T) {
	features := channeltest.Features{
		Buttons: true, Restarts: true,
		Failures: []channels.Kind{channels.Retry, channels.Throttled, channels.Rejected, channels.Blocked, channels.Misconfigured},
	}
	for name, change := range map[string]func(*telegram.Options){"by polling": func(*telegram.Options) {}, "by a webhook": hooked} {
		t.Run(name, func(t *testing.T) {
			channeltest.Run(t, features, func(t *testing.T) channeltest.Bench {
				s := build(t, change)
				p := s.server.Person(telegramtest.User{})
				return channeltest.Bench{
					Channel: s, Network: &network{stage: s, person: p, ids: map[string]int64{}}, To: s.address(p.Seat), Secrets: []string{s.server.Token(), secret},
				}
			})
		})
	}
}

// network brings updates as Telegram does, the same one twice too.
type network struct {
	*stage
	person *telegramtest.Person
	mu     sync.Mutex
	ids    map[string]int64 // updates by the suite's id
}

func (n *network) Bring(ctx context.Context, updates ...channeltest.Update) error {
	for _, u := range updates {
		if err := n.inject(u); err != nil {
			return err
		}
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for n.server.Pending() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%d updates are not confirmed: %w", n.server.Pending(), ctx.Err())
		}
	}
	return nil
}

func (n *network) inject(u channeltest.Update) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	chat, id := n.person.ChatID(), ""
	if known, again := n.ids[u.ID]; again {
		id = `"update_id":` + strconv.FormatInt(known, 10) + `,`
	}
	message := fmt.Sprintf(`{"message_id":7,"date":1790000000,"from":{"id":%d,"first_name":"Анна"},"chat":{"id":%[1]d,"type":"private"},"text":%q}`, chat, u.Text)
	raw := fmt.Sprintf(`{%s"message":%s}`, id, message)
	if u.Choice != "" {
		raw = fmt.Sprintf(`{%s"callback_query":{"id":"1","from":{"id":%d,"first_name":"Анна"},"message":%s,"data":%q}}`, id, chat, message, u.Choice)
	}
	given, err := n.server.Inject(raw)
	n.ids[u.ID] = given
	return err
}

func (n *network) Shown() []string { return n.person.Shown() }

func (n *network) Fail(kind channels.Kind) {
	n.server.FailNext("sendMessage", 1, map[channels.Kind]telegramtest.Fault{
		channels.Retry:         telegramtest.ServerError,
		channels.Throttled:     telegramtest.Throttled(3 * time.Second),
		channels.Rejected:      telegramtest.Refused(400, "Bad Request: message is too long"),
		channels.Blocked:       telegramtest.Refused(403, "Forbidden: bot was blocked by the user"),
		channels.Misconfigured: telegramtest.Refused(401, "Unauthorized"),
	}[kind])
}
