package telegramtest

import "slices"

// chat is what everybody in it sees. It is guarded by the server's lock.
type chat struct {
	Chat
	messages map[int64]*Message
	log      []Message // every message and every change of one, as it was then
	screen   []int64   // ids in order
	keyboard *Keyboard // the one that stands open
	changed  chan struct{}
	blocked  string // why the bot may not write; empty = it may
	typing   int
	calls    uint64  // for the dice
	rights   *Rights // of the bot; nil = it is a member like others
	topics   []*topic
}

func (s *Server) open(c Chat) *chat {
	made := &chat{Chat: c, messages: map[int64]*Message{}, changed: make(chan struct{})}
	s.chats[c.ID] = made
	return made
}

// show puts a message into the chat and wakes who waits.
func (c *chat) show(m *Message) {
	c.messages[m.ID] = m
	c.screen = append(c.screen, m.ID)
	if m.Keyboard != nil {
		c.keyboard = m.Keyboard
		if m.Keyboard.Remove {
			c.keyboard = nil
		}
	}
	c.note(m)
}

func (c *chat) note(m *Message) {
	m.Seq = len(c.log) + 1
	c.log = append(c.log, *m)
	close(c.changed)
	c.changed = make(chan struct{})
}

// target finds the chat that the bot may write to.
func (s *Server) target(p *params) (*chat, *refusal) {
	id := p.number("chat_id")
	if to, moved := s.moved[id]; moved {
		refused := bad("group chat was upgraded to a supergroup chat")
		refused.migrate = to
		return nil, refused
	}
	c, known := s.chats[id]
	switch {
	case !known:
		return nil, bad("chat not found")
	case c.blocked != "":
		return nil, forbidden(c.blocked)
	}
	return c, nil
}

// message is a new one of the chat, by the bot or by a person.
func (s *Server) message(c *chat, from *User) *Message {
	s.ids.message++
	now := s.o.Now()
	return &Message{ID: s.ids.message, From: from, Chat: c.Chat, Date: now.Unix(), At: now}
}

// replied is the message that m answers, without the one that it answered in turn.
func (c *chat) replied(id int64) *Message {
	m, known := c.messages[id]
	if !known || m.Deleted {
		return nil
	}
	quoted := *m
	quoted.ReplyTo = nil
	return &quoted
}

func (s *Server) getChat(p *params) (any, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	return c.Chat, nil
}

func (s *Server) leaveChat(p *params) (any, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	if c.Type == "private" {
		return nil, bad("chat member status can't be changed in private chats")
	}
	c.blocked = "bot is not a member of the " + c.Type + " chat"
	return true, nil
}

func (s *Server) sendChatAction(p *params) (any, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	known := []string{"typing", "upload_photo", "upload_document", "find_location", "record_voice", "upload_voice"}
	if !slices.Contains(known, p.text("action")) {
		return nil, bad("wrong parameter action in request")
	}
	c.typing++
	return true, nil
}

func (s *Server) deleteMessage(p *params) (any, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	m, known := c.messages[p.number("message_id")]
	if !known || m.Deleted {
		return nil, bad("message to delete not found")
	}
	m.Deleted, m.At = true, s.o.Now()
	c.screen = slices.DeleteFunc(c.screen, func(id int64) bool { return id == m.ID })
	c.note(m)
	return true, nil
}

// edited gives the message a new look unless it has it already.
func (s *Server) edited(c *chat, m *Message, change func(*Message)) (any, *refusal) {
	was := *m
	change(m)
	if m.Text == was.Text && slices.Equal(m.Entities, was.Entities) && sameInline(m.Inline, was.Inline) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.At = s.o.Now()
	m.EditDate = m.At.Unix()
	c.note(m)
	return *m, nil
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
