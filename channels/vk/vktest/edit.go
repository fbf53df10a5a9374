package vktest

import (
	"strconv"
	"time"
)

const editable = 24 * time.Hour

// own finds a message of the bot that stands in the chat.
func (s *Server) own(c *chat, id, cmid int64) (*Message, *refusal) {
	m := c.find(id, cmid)
	switch {
	case m == nil:
		return nil, bad("message_id is invalid")
	case m.From != -s.o.GroupID:
		return nil, &refusal{15, "Access denied: message can not be edited"}
	case s.o.Now().Sub(time.Unix(m.Date, 0)) > editable:
		return nil, &refusal{909, "Can't edit this message, because it's too old"}
	}
	return m, nil
}

// editMessage gives a message a new content: what is not sent again is gone, but for the persistent keyboard.
func (s *Server) editMessage(p *params) (any, *refusal) {
	c, refused := s.target(p.peer())
	if refused != nil {
		return nil, refused
	}
	m, refused := s.own(c, p.number("message_id"), cmid(p))
	if refused != nil {
		return nil, refused
	}
	what, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	if k := what.keyboard; k != nil && !k.Inline {
		return nil, badKeyboard("only inline keyboard can be edited")
	}
	what.fill(m)
	m.At = s.o.Now()
	m.UpdateTime = m.At.Unix()
	c.note(m)
	s.push(c.peer, "message_edit", *m)
	return 1, nil
}

// cmid has two names.
func cmid(p *params) int64 {
	if p.has("cmid") {
		return p.number("cmid")
	}
	return p.number("conversation_message_id")
}

// deleteMessages answers by message_ids with an object, by cmids with a list.
func (s *Server) deleteMessages(p *params) (any, *refusal) {
	ids, ok1 := p.list("message_ids")
	cmids, ok2 := p.list("cmids")
	if !ok1 || !ok2 || len(ids)+len(cmids) == 0 {
		return nil, bad("message_ids is invalid")
	}
	byID := map[string]int{}
	for _, id := range ids {
		byID[strconv.FormatInt(id, 10)] = s.delete(s.holding(id), id, 0)
	}
	if len(cmids) == 0 {
		return byID, nil
	}
	c, refused := s.target(p.peer())
	if refused != nil {
		return nil, refused
	}
	type deleted struct {
		Peer int64 `json:"peer_id"`
		CMID int64 `json:"conversation_message_id"`
		Done int   `json:"response"`
	}
	var list []deleted
	for _, id := range cmids {
		list = append(list, deleted{c.peer, id, s.delete(c, 0, id)})
	}
	return list, nil
}

// holding is the chat in which a message stands, or nil.
func (s *Server) holding(id int64) *chat {
	for _, c := range s.chats {
		if c.find(id, 0) != nil {
			return c
		}
	}
	return nil
}

func (s *Server) delete(c *chat, id, cmid int64) (done int) {
	if c == nil {
		return 0
	}
	m, refused := s.own(c, id, cmid)
	if refused != nil {
		return 0
	}
	m.At = s.o.Now()
	c.remove(m)
	return 1
}
