package vktest

import (
	"maps"
	"slices"
	"strconv"
)

// firstChat is where the peer ids of group chats begin.
const firstChat = 2_000_000_000

// chat is what everybody in it sees. It is guarded by the server's lock.
type chat struct {
	peer     int64
	messages map[int64]*Message // by conversation_message_id
	sent     map[int64]*Message // by random_id
	log      []Message          // every message and every change of one, as it was then
	screen   []int64            // conversation_message_ids in order
	keyboard *Keyboard          // the one that stands open
	changed  chan struct{}
	closed   *refusal // why the community may not write; nil = it may
	typing   int
	read     int64 // the last message that the community has read
	toasts   []string
	calls    uint64 // for the dice
}

func (s *Server) open(peer int64) *chat {
	made := &chat{peer: peer, messages: map[int64]*Message{}, sent: map[int64]*Message{}, changed: make(chan struct{})}
	s.chats[peer] = made
	return made
}

func withoutPermission(peer int64) *refusal {
	return &refusal{901, "Can't send messages for users without permission (" + strconv.FormatInt(peer, 10) + ")"}
}

// target finds the chat that the community may write to.
func (s *Server) target(peer int64) (*chat, *refusal) {
	c, known := s.chats[peer]
	switch {
	case peer == 0:
		return nil, bad("peer_id is undefined")
	case peer < 0:
		return nil, bad("peer_id is invalid")
	case !known && peer > firstChat:
		return nil, &refusal{917, "You don't have access to this chat"}
	case !known:
		return nil, withoutPermission(peer)
	}
	return c, c.closed
}

// message is a new one of the chat, by the community or by a person.
func (s *Server) message(c *chat, from int64) *Message {
	s.ids.message++
	now := s.o.Now()
	m := &Message{ID: s.ids.message, CMID: int64(len(c.messages)) + 1, From: from, Peer: c.peer, Date: now.Unix(), At: now,
		Attachments: []Attachment{}, Forwarded: []Message{}}
	if from < 0 {
		m.Out = 1
	}
	if c.peer > firstChat {
		m.ID = 0
	}
	return m
}

// show puts a message into the chat and wakes who waits.
func (c *chat) show(m *Message) {
	c.messages[m.CMID] = m
	c.screen = append(c.screen, m.CMID)
	if k := m.Keyboard; k != nil && !k.Inline {
		c.keyboard = k
		if len(k.Rows) == 0 {
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

// find is the message that stands in the chat under one of its ids, or nil.
func (c *chat) find(id, cmid int64) *Message {
	m := c.messages[cmid]
	if id != 0 {
		for one := range maps.Values(c.messages) {
			if one.ID == id {
				m = one
			}
		}
	}
	if m == nil || m.Deleted {
		return nil
	}
	return m
}

// quoted is the message without what it answered in turn.
func (m *Message) quoted() *Message {
	if m == nil {
		return nil
	}
	q := *m
	q.ReplyTo, q.Keyboard, q.Template = nil, nil, nil
	return &q
}

func (c *chat) remove(m *Message) {
	m.Deleted = true
	c.screen = slices.DeleteFunc(c.screen, func(id int64) bool { return id == m.CMID })
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
