package vktest

import (
	"fmt"
	"time"
)

// Seat is one person in one chat: a private one with the community, or a group chat.
type Seat struct {
	s    *Server
	who  User
	chat *chat
	old  bool // the client knows only keys that write
	seen int  // how far Await has read
}

// Sent is what became of an action: the event, the person's message, the press. Seq is how many changes the chat had
// before it.
type Sent struct {
	Update  string
	Message int64 // its conversation_message_id
	Query   string
	Seq     int
	At      time.Time
}

// User is the person.
func (p *Seat) User() User { return p.who }

// ChatID is what the bot calls the chat: the peer id.
func (p *Seat) ChatID() int64 { return p.chat.peer }

// Phone is the person's own number. VK has no way to share it but to write it.
func (p *Seat) Phone() string { return fmt.Sprintf("+7999%07d", p.who.ID%10_000_000) }

// Write sends a text.
func (p *Seat) Write(text string) Sent { return p.say(func(m *Message) { m.Text = text }) }

// WriteWith sends a text with a payload, as the key of a keyboard does.
func (p *Seat) WriteWith(text, payload string) Sent {
	return p.say(func(m *Message) { m.Text, m.Payload = text, payload })
}

// Reply sends a text that answers a message of the chat, by its conversation_message_id.
func (p *Seat) Reply(to int64, text string) Sent {
	return p.say(func(m *Message) { m.Text, m.ReplyTo = text, p.chat.find(0, to).quoted() })
}

// Forward sends messages of this or another chat, and a text beside them.
func (p *Seat) Forward(text string, messages ...Message) Sent {
	return p.say(func(m *Message) {
		m.Text, m.Forwarded = text, messages
	})
}

// say puts a message of the person into the chat and tells the bot. Who writes lets the community write.
func (p *Seat) say(fill func(*Message)) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m := p.s.message(p.chat, p.who.ID)
	sent := Sent{Message: m.CMID, Seq: len(p.chat.log), At: m.At}
	fill(m)
	if p.chat.closed != nil && p.chat.closed.code == 901 {
		p.chat.closed = nil
	}
	p.chat.show(m)
	sent.Update = p.s.push(p.chat.peer, "message_new", p.news(m))
	return sent
}

type client struct {
	Actions  []string `json:"button_actions"`
	Keyboard bool     `json:"keyboard"`
	Inline   bool     `json:"inline_keyboard"`
	Carousel bool     `json:"carousel"`
	Language int      `json:"lang_id"`
}

// news is the object of message_new.
func (p *Seat) news(m *Message) any {
	c := client{[]string{"text", "vkpay", "open_app", "location", "open_link", "callback"}, true, true, true, 0}
	if p.old {
		c = client{Actions: []string{"text"}, Keyboard: true}
	}
	return struct {
		Message Message `json:"message"`
		Client  client  `json:"client_info"`
	}{*m, c}
}

// Edit changes the words of a message that the person wrote.
func (p *Seat) Edit(message int64, text string) (Sent, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m := p.chat.find(0, message)
	if m == nil || m.From != p.who.ID {
		return Sent{}, fmt.Errorf("message %d is not %s's", message, p.who.First)
	}
	sent := Sent{Message: message, Seq: len(p.chat.log)}
	m.Text, m.At = text, p.s.o.Now()
	m.UpdateTime, sent.At = m.At.Unix(), m.At
	p.chat.note(m)
	sent.Update = p.s.push(p.chat.peer, "message_edit", *m)
	return sent, nil
}
