package loadtest

import (
	"context"
	"strconv"
	"strings"

	"careline/channels/vk/vktest"
)

// VK is the local server of a community as a Network.
type VK struct{ *vktest.Server }

// Seat implements Network.
func (v VK) Seat(n int, name string) Seat {
	return vkSeat{v.Person(vktest.User{ID: base + int64(n), First: name})}
}

// Traffic implements Network. Each of those packed into an execute counts.
func (v VK) Traffic() (messages, calls int) {
	counts := v.Counts()
	for name, n := range counts {
		if strings.Contains(name, ".") && !strings.Contains(name, ":") && !strings.HasPrefix(name, "groups.") {
			calls += n
		}
	}
	return counts["messages.send"], calls
}

// Receives implements Network.
func (v VK) Receives() bool { return isClosed(v.Asked()) }

type vkSeat struct{ *vktest.Person }

func (s vkSeat) Chat() string { return strconv.FormatInt(s.ChatID(), 10) }

func (s vkSeat) Write(text string) Sent {
	sent := s.Person.Write(text)
	return Sent{Seq: sent.Seq, At: sent.At, Said: text}
}

// TellPhone types it: VK has no other way.
func (s vkSeat) TellPhone(phone string) Sent { return s.Write(phone) }

func (s vkSeat) Press(m Message, k int) (Sent, error) {
	id, err := strconv.ParseInt(m.ID, 10, 64)
	if err != nil {
		return Sent{}, err
	}
	sent, err := s.PressAt(vktest.Message{CMID: id}, k)
	return Sent{Seq: sent.Seq, At: sent.At, Said: labelAt(m, k)}, err
}

func (s vkSeat) Messages() []Message { return vkMessages(s.Person.Messages()) }
func (s vkSeat) Log() []Message      { return vkMessages(s.Person.Log()) }

func (s vkSeat) After(ctx context.Context, seq int, match func(Message) bool) (Message, error) {
	m, err := s.Person.After(ctx, seq, func(m vktest.Message) bool { return !m.Deleted && match(vkMessage(m)) })
	return vkMessage(m), err
}

func vkMessages(all []vktest.Message) (bots []Message) {
	for _, m := range all {
		if m.ByBot() && !m.Deleted {
			bots = append(bots, vkMessage(m))
		}
	}
	return bots
}

func vkMessage(m vktest.Message) Message {
	out := Message{
		ID: strconv.FormatInt(m.CMID, 10), Seq: m.Seq, At: m.At, Edited: m.UpdateTime != 0, Text: m.Words(), Labels: m.Labels(), Place: m.Geo != nil,
	}
	if d := m.Document(); d != nil {
		out.File = d.Title
	}
	return out
}
