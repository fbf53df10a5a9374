package vktest

import (
	"strconv"
	"time"
)

// content is what a message of the bot holds, whomever it goes to.
type content struct {
	text     string
	keyboard *Keyboard
	template *Template
	files    []Attachment
	geo      *Geo
	payload  string
	random   int64
}

const maxPeers = 100

// sent is what became of the message for one of peer_ids; its error has other field names than those of all others.
type sent struct {
	Peer  int64      `json:"peer_id"`
	ID    int64      `json:"message_id"`
	CMID  int64      `json:"conversation_message_id"`
	Error *peerError `json:"error,omitempty"`
}

type peerError struct {
	Code int    `json:"code"`
	Text string `json:"description"`
}

func (s *Server) sendMessages(p *params) (any, *refusal) {
	if !p.has("random_id") {
		return nil, bad("random_id is a required parameter")
	}
	what, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	peers, ok := p.list("peer_ids")
	if !ok || len(peers) > maxPeers {
		return nil, bad("peer_ids is invalid")
	}
	if peers == nil {
		m, refused := s.deliver(p, p.peer(), what)
		if refused != nil {
			return nil, refused
		}
		return m.ID, nil
	}
	all := make([]sent, 0, len(peers))
	for _, peer := range peers {
		one := sent{Peer: peer}
		if m, refused := s.deliver(p, peer, what); refused != nil {
			one.Error = &peerError{refused.code, refused.text}
			s.recorded.counts["code:"+strconv.Itoa(refused.code)]++
		} else {
			one.ID, one.CMID = m.ID, m.CMID
		}
		all = append(all, one)
	}
	return all, nil
}

// compose reads and holds to its limits what is to be sent.
func (s *Server) compose(p *params) (c content, refused *refusal) {
	random, err := strconv.ParseInt(p.text("random_id"), 10, 32)
	if p.has("random_id") && err != nil {
		return c, bad("random_id should be an int32")
	}
	c.random, c.payload = random, p.text("payload")
	if c.text, refused = words(p); refused != nil {
		return c, refused
	}
	if c.keyboard, refused = readKeyboard(p); refused != nil {
		return c, refused
	}
	if c.template, refused = s.readTemplate(p); refused != nil {
		return c, refused
	}
	if c.files, refused = s.attachments(p); refused != nil {
		return c, refused
	}
	if c.geo, refused = point(p); refused != nil {
		return c, refused
	}
	switch {
	case c.keyboard != nil && c.keyboard.Inline && c.template != nil:
		return c, badTemplate("an inline keyboard does not go with it")
	case c.text == "" && len(c.files) == 0 && c.geo == nil && !p.has("forward"):
		return c, bad("message is empty or invalid")
	}
	return c, nil
}

// deliver shows the message to one peer, unless it was shown there under the same random_id.
func (s *Server) deliver(p *params, peer int64, what content) (*Message, *refusal) {
	c, refused := s.target(peer)
	if refused != nil {
		return nil, refused
	}
	if m := c.sent[what.random]; m != nil && s.fresh(c, m) {
		s.recorded.counts["repeat"]++
		return m, nil
	}
	if refused := s.floods.message(s.o.Now(), peer); refused != nil {
		return nil, refused
	}
	m := s.message(c, -s.o.GroupID)
	if m.ReplyTo, refused = c.answered(p); refused != nil {
		return nil, refused
	}
	m.RandomID = what.random
	what.fill(m)
	if what.random != 0 {
		c.sent[what.random] = m
	}
	c.show(m)
	s.push(peer, "message_reply", *m)
	return m, nil
}

const (
	repeatable  = time.Hour
	repeatsAmid = 100 // messages of the chat
)

// fresh tells whether VK still looks at the random_id of a message.
func (s *Server) fresh(c *chat, m *Message) bool {
	return s.o.Now().Sub(time.Unix(m.Date, 0)) <= repeatable && int64(len(c.messages))-m.CMID < repeatsAmid
}

func (what content) fill(m *Message) {
	m.Text, m.Keyboard, m.Template, m.Geo, m.Payload = what.text, what.keyboard, what.template, what.geo, what.payload
	m.Attachments = append([]Attachment{}, what.files...)
	if k := m.Keyboard; k != nil {
		k.Author = m.From
	}
}

// answered is the message that this one answers: reply_to, or forward with is_reply.
func (c *chat) answered(p *params) (*Message, *refusal) {
	var forward struct {
		Peer  int64   `json:"peer_id"`
		CMIDs []int64 `json:"conversation_message_ids"`
		IDs   []int64 `json:"message_ids"`
		Reply bool    `json:"is_reply"`
	}
	if err := p.object("forward", &forward); err != nil {
		return nil, bad("forward is invalid")
	}
	id, cmid := p.number("reply_to"), int64(0)
	if forward.Reply && len(forward.CMIDs) > 0 {
		cmid = forward.CMIDs[0]
	}
	if forward.Reply && len(forward.IDs) > 0 {
		id = forward.IDs[0]
	}
	if id == 0 && cmid == 0 {
		return nil, nil
	}
	m := c.find(id, cmid)
	if m == nil {
		return nil, bad("reply_to is invalid")
	}
	return m.quoted(), nil
}

func point(p *params) (*Geo, *refusal) {
	if !p.has("lat") && !p.has("long") {
		return nil, nil
	}
	lat, err1 := strconv.ParseFloat(p.text("lat"), 64)
	long, err2 := strconv.ParseFloat(p.text("long"), 64)
	if err1 != nil || err2 != nil || lat < -90 || lat > 90 || long < -180 || long > 180 {
		return nil, bad("lat and long should be a place on earth")
	}
	return geo(lat, long), nil
}
