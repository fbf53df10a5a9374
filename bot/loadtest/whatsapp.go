package loadtest

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"careline/channels/whatsapp/whatsapptest"
)

// WhatsApp is the local server of the clinic's account as a Network.
type WhatsApp struct{ *whatsapptest.Server }

// Seat implements Network. Each call makes the person, so a number may have one seat.
func (w WhatsApp) Seat(n int, name string) Seat {
	return whatsappSeat{w.Person(whatsapptest.User{Phone: fmt.Sprintf("7999%07d", n), Name: name})}
}

// Traffic implements Network.
func (w WhatsApp) Traffic() (messages, calls int) {
	counts := w.Counts()
	for name, n := range counts {
		if !strings.Contains(name, ":") {
			calls += n
		}
	}
	return counts["message"], calls
}

// Receives implements Network.
func (w WhatsApp) Receives() bool { return w.Online() }

type whatsappSeat struct{ *whatsapptest.Person }

func (s whatsappSeat) Chat() string { return s.LID().String() }

func (s whatsappSeat) Write(text string) Sent {
	sent := s.Person.Write(text)
	return Sent{Seq: sent.Seq, At: sent.At, Said: text}
}

// TellPhone types it.
func (s whatsappSeat) TellPhone(phone string) Sent { return s.Write(phone) }

// Press types the number of a line: that is how choices are made there.
func (s whatsappSeat) Press(m Message, k int) (Sent, error) {
	if k < 0 {
		k += len(m.Labels)
	}
	if k < 0 || k >= len(m.Labels) {
		return Sent{}, fmt.Errorf("message %s has %d choices, none is number %d", m.ID, len(m.Labels), k)
	}
	return s.Write(strconv.Itoa(k + 1)), nil
}

func (s whatsappSeat) Messages() []Message { return whatsappMessages(s.Person.Messages()) }
func (s whatsappSeat) Log() []Message      { return whatsappMessages(s.Person.Log()) }

func (s whatsappSeat) After(ctx context.Context, seq int, match func(Message) bool) (Message, error) {
	m, err := s.Person.After(ctx, seq, func(m whatsapptest.Message) bool { return shownByBot(m) && match(whatsappMessage(m)) })
	return whatsappMessage(m), err
}

func shownByBot(m whatsapptest.Message) bool { return m.Clinic && !m.ByHand && !m.Deleted }

func whatsappMessages(all []whatsapptest.Message) (bots []Message) {
	for _, m := range all {
		if shownByBot(m) {
			bots = append(bots, whatsappMessage(m))
		}
	}
	return bots
}

// choice is a line of a numbered list.
var choice = regexp.MustCompile(`(?m)^\d+[.)] (.+)$`)

func whatsappMessage(m whatsapptest.Message) Message {
	out := Message{ID: m.ID, Seq: m.Seq, At: m.At, Edited: m.Edited, Text: m.Words(), Place: m.Location != nil}
	for _, line := range choice.FindAllStringSubmatch(out.Text, -1) {
		out.Labels = append(out.Labels, line[1])
	}
	if m.File != nil {
		out.File = m.File.Name
	}
	return out
}
