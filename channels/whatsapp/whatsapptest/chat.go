package whatsapptest

import (
	"slices"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

// chat is what both sides see. It is guarded by the server's lock.
type chat struct {
	messages map[string]*Message
	log      []Message // every message and every change of one, as it was then
	screen   []string  // ids in order
	changed  chan struct{}
	typing   int
	calls    uint64 // of the client, for the dice
	comings  uint64 // to the client, for the dice
	receipts map[string][]string
}

func newChat() *chat {
	return &chat{messages: map[string]*Message{}, changed: make(chan struct{}), receipts: map[string][]string{}}
}

func (c *chat) message(s *Server, id string) *Message { return &Message{ID: id, At: s.o.Now()} }

// show puts a message into the chat and wakes who waits.
func (c *chat) show(m *Message) Sent {
	sent := Sent{Message: m.ID, Seq: len(c.log), At: m.At}
	c.messages[m.ID] = m
	c.screen = append(c.screen, m.ID)
	c.note(m)
	return sent
}

func (c *chat) note(m *Message) {
	m.Seq = len(c.log) + 1
	c.log = append(c.log, *m)
	c.stir()
}

// stir wakes who waits.
func (c *chat) stir() {
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *chat) noted(id, kind string) {
	c.receipts[id] = append(c.receipts[id], kind)
	c.stir()
}

// take shows a message of the clinic, or does what it asks for: an edit, a deletion, a reaction.
func (c *chat) take(s *Server, m *Message) {
	order := m.Body.GetProtocolMessage()
	if edited := m.Body.GetEditedMessage().GetMessage().GetProtocolMessage(); edited != nil {
		order = edited
	}
	switch {
	case order != nil && order.GetType() == waE2E.ProtocolMessage_MESSAGE_EDIT:
		c.change(s, order.GetKey().GetID(), func(was *Message) {
			was.read(s, order.GetEditedMessage())
			was.Edited = true
		})
	case order != nil && order.GetType() == waE2E.ProtocolMessage_REVOKE:
		c.delete(s, order.GetKey().GetID())
	case order != nil:
		s.oddities = append(s.oddities, "protocol message "+order.GetType().String())
	case m.Body.GetReactionMessage() != nil:
		c.change(s, m.Body.GetReactionMessage().GetKey().GetID(), func(was *Message) {
			was.Reaction = m.Body.GetReactionMessage().GetText()
		})
	default:
		m.read(s, m.Body)
		c.show(m)
	}
}

func (c *chat) delete(s *Server, id string) {
	c.change(s, id, func(was *Message) { was.Deleted = true })
	c.screen = slices.DeleteFunc(c.screen, func(shown string) bool { return shown == id })
}

func (c *chat) change(s *Server, id string, how func(*Message)) {
	m := c.messages[id]
	if m == nil || m.Deleted {
		s.oddities = append(s.oddities, "change of a message that does not stand in the chat")
		return
	}
	how(m)
	m.At = s.o.Now()
	c.note(m)
}

// since is the first change after seq that matches, or nil.
func (c *chat) since(seq int, match func(Message) bool) *Message {
	for i := min(seq, len(c.log)); i < len(c.log); i++ {
		if m := c.log[i]; match(m) {
			return &m
		}
	}
	return nil
}

// now is the chat as it stands on the screen.
func (c *chat) now() []Message {
	out := make([]Message, 0, len(c.screen))
	for _, id := range c.screen {
		out = append(out, *c.messages[id])
	}
	return out
}
