package loadtest

import (
	"context"
	"strconv"
	"strings"

	"careline/channels/telegram/telegramtest"
)

// Telegram is the local Bot API server as a Network.
type Telegram struct{ *telegramtest.Server }

// base keeps the people's ids apart from those of a test's own people.
const base = 10_000_000

// Seat implements Network.
func (t Telegram) Seat(n int, name string) Seat {
	return telegramSeat{t.Person(telegramtest.User{ID: base + int64(n), First: name})}
}

// Traffic implements Network.
func (t Telegram) Traffic() (messages, calls int) {
	for name, n := range t.Counts() {
		if strings.Contains(name, ":") || name == "getUpdates" {
			continue
		}
		calls += n
		if strings.HasPrefix(name, "send") && name != "sendChatAction" {
			messages += n
		}
	}
	return messages, calls
}

// Receives implements Network.
func (t Telegram) Receives() bool { return isClosed(t.Asked()) }

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

type telegramSeat struct{ *telegramtest.Person }

func (s telegramSeat) Chat() string { return strconv.FormatInt(s.ChatID(), 10) }

func (s telegramSeat) Write(text string) Sent {
	sent := s.Person.Write(text)
	return Sent{Seq: sent.Seq, At: sent.At, Said: text}
}

func (s telegramSeat) TellPhone(phone string) Sent {
	sent := s.ShareContact(phone)
	return Sent{Seq: sent.Seq, At: sent.At, Said: phone}
}

func (s telegramSeat) Press(m Message, k int) (Sent, error) {
	id, err := strconv.ParseInt(m.ID, 10, 64)
	if err != nil {
		return Sent{}, err
	}
	sent, err := s.PressAt(telegramtest.Message{ID: id}, k)
	return Sent{Seq: sent.Seq, At: sent.At, Said: labelAt(m, k)}, err
}

func (s telegramSeat) Messages() []Message { return telegramMessages(s.Person.Messages()) }
func (s telegramSeat) Log() []Message      { return telegramMessages(s.Person.Log()) }

func (s telegramSeat) After(ctx context.Context, seq int, match func(Message) bool) (Message, error) {
	m, err := s.Person.After(ctx, seq, func(m telegramtest.Message) bool { return !m.Deleted && match(telegramMessage(m)) })
	return telegramMessage(m), err
}

func telegramMessages(all []telegramtest.Message) (bots []Message) {
	for _, m := range all {
		if m.From != nil && m.From.Bot && !m.Deleted {
			bots = append(bots, telegramMessage(m))
		}
	}
	return bots
}

func telegramMessage(m telegramtest.Message) Message {
	out := Message{
		ID: strconv.FormatInt(m.ID, 10), Seq: m.Seq, At: m.At, Edited: m.EditDate != 0, Text: m.Words(), Labels: m.Labels(), Place: m.Location != nil,
	}
	if m.Document != nil {
		out.File = m.Document.Name
	}
	return out
}

// labelAt is the label of the k-th choice, from the end when k is negative; empty = there is none.
func labelAt(m Message, k int) string {
	if k < 0 {
		k += len(m.Labels)
	}
	if k < 0 || k >= len(m.Labels) {
		return ""
	}
	return m.Labels[k]
}
