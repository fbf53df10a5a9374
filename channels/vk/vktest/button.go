package vktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Press presses the first button of the message whose label holds this. It must be on the screen now.
func (p *Seat) Press(m Message, label string) (Sent, error) {
	labels := p.now(m).Labels()
	k := slices.IndexFunc(labels, func(l string) bool { return strings.Contains(l, label) })
	if k < 0 {
		return Sent{}, fmt.Errorf("no button «%s» among %q", label, labels)
	}
	return p.PressAt(m, k)
}

// PressAt presses the k-th button of the message, from 0, row by row; negative: from the end.
func (p *Seat) PressAt(m Message, k int) (Sent, error) {
	m = p.now(m)
	buttons := m.Buttons()
	n := len(buttons)
	if k < 0 {
		k += n
	}
	if k < 0 || k >= n {
		return Sent{}, fmt.Errorf("message %d has %d buttons, none is number %d", m.CMID, n, k)
	}
	if p.old && (m.Keyboard == nil || k >= len(slices.Concat(m.Keyboard.Rows...))) {
		return Sent{}, fmt.Errorf("message %d has cards, which this program does not show", m.CMID)
	}
	a := buttons[k].Action
	p.closeOnce(m)
	switch a.Type {
	case "text":
		return p.WriteWith(a.Label, a.Payload), nil
	case "location":
		return p.shareFrom(a.Payload, 55.751, 37.617), nil
	case "callback":
		if p.old {
			return p.WriteWith(a.Label, unsupported(a)), nil
		}
		return p.PressData(m.CMID, a.Payload), nil
	}
	return Sent{}, fmt.Errorf("button «%s» opens %s", a.Label, a.Link)
}

// closeOnce puts a keyboard away that was for one press.
func (p *Seat) closeOnce(m Message) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if k := m.Keyboard; k != nil && k.OneTime && p.chat.keyboard == k {
		p.chat.keyboard = nil
	}
}

// unsupported is what an old client writes when a callback button is pressed.
func unsupported(a Action) string {
	return string(encode(map[string]string{"command": "not_supported_button", "button_type": "callback", "payload": a.Payload}))
}

// PressData presses a callback button that need not be there any more, or never was. A payload that is no JSON comes
// as a string.
func (p *Seat) PressData(message int64, payload string) Sent {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids.press++
	id := strconv.FormatInt(p.who.ID<<20|s.ids.press&0xfffff, 16)
	s.presses[id] = &press{asked: s.o.Now(), user: p.who.ID, chat: p.chat}
	raw := json.RawMessage(payload)
	if !json.Valid(raw) {
		raw = encode(payload)
	}
	sent := Sent{Message: message, Query: id, Seq: len(p.chat.log), At: s.o.Now()}
	sent.Update = s.push(p.chat.peer, "message_event", struct {
		User    int64           `json:"user_id"`
		Peer    int64           `json:"peer_id"`
		ID      string          `json:"event_id"`
		Payload json.RawMessage `json:"payload"`
		CMID    int64           `json:"conversation_message_id"`
	}{p.who.ID, p.chat.peer, id, raw, message})
	return sent
}

// now is the message as it stands on the screen, without anything if it is gone.
func (p *Seat) now(m Message) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if found := p.chat.find(0, m.CMID); found != nil {
		return *found
	}
	return Message{CMID: m.CMID}
}
