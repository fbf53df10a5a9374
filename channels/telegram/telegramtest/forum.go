package telegramtest

import "slices"

// Rights of the bot in a group, of those that an administrator may have.
type Rights struct {
	Topics  bool // make, rename, close and reopen topics
	Deletes bool // delete what others wrote, and whole topics
}

// Topic of a forum.
type Topic struct {
	ID      int64 // message_thread_id
	Title   string
	Closed  bool
	Deleted bool
}

// topic is one, and who made it.
type topic struct {
	Topic
	creator int64
}

// Forum makes a supergroup with topics, where the bot is an administrator with all rights: it reads everything.
func (s *Server) Forum(title string) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids.group++
	c := s.open(Chat{ID: -1_000_000_000_000 - s.ids.group, Type: "supergroup", Title: title, Forum: true})
	c.rights = &Rights{Topics: true, Deletes: true}
	return &Group{s, c}
}

// SetForum turns the topics of a supergroup on or off. Nobody tells the bot.
func (g *Group) SetForum(on bool) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.chat.Forum = on
}

// Promote makes the bot an administrator with these rights; nil makes it a member like others.
func (g *Group) Promote(by *Person, r *Rights) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	was, is := "member", "member"
	if g.chat.rights != nil {
		was = "administrator"
	}
	if r != nil {
		is = "administrator"
	}
	g.chat.rights = r
	g.s.tellMember(g.chat, by.who, was, is)
}

// Topics are those of the group, deleted ones too, oldest first.
func (g *Group) Topics() (all []Topic) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, t := range g.chat.topics {
		all = append(all, t.Topic)
	}
	return all
}

// In is the person's seat in a topic of the group: what they write there is written in it.
func (p *Seat) In(topic int64) *Seat { return &Seat{s: p.s, who: p.who, chat: p.chat, thread: topic} }

// Thread is the topic that they sit in; 0 = none.
func (p *Seat) Thread() int64 { return p.thread }

// MakeTopic makes a topic by hand.
func (p *Seat) MakeTopic(title string) (id int64) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	t, m := p.s.begin(p.chat, &p.who, title)
	p.s.push(p.chat.ID, "message", m)
	return t.ID
}

// CloseTopic closes the topic of the seat by hand.
func (p *Seat) CloseTopic() { p.turn(true, func(m *Message) { m.TopicClosed = &struct{}{} }) }

// ReopenTopic opens it again.
func (p *Seat) ReopenTopic() { p.turn(false, func(m *Message) { m.TopicReopened = &struct{}{} }) }

func (p *Seat) turn(closed bool, fill func(*Message)) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if t := p.chat.topic(p.thread); t != nil && t.Closed != closed {
		t.Closed = closed
		m := p.s.message(p.chat, &p.who)
		m.Thread, m.InTopic = t.ID, true
		fill(m)
		p.s.push(p.chat.ID, "message", m)
	}
}

// DeleteTopic deletes it, with all that was said there. Nobody tells the bot.
func (p *Seat) DeleteTopic() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if t := p.chat.topic(p.thread); t != nil {
		p.chat.drop(t)
	}
}

// Said are the words of the bot's messages that stand in the topic of the seat, oldest first; in General for a seat in
// none.
func (p *Seat) Said() (texts []string) {
	for _, m := range p.Messages() {
		if m.From.Bot && m.Thread == p.thread {
			texts = append(texts, m.Words())
		}
	}
	return texts
}

// topic of the chat that is still there; nil = none.
func (c *chat) topic(id int64) *topic {
	k := slices.IndexFunc(c.topics, func(t *topic) bool { return t.ID == id && !t.Deleted })
	if k < 0 || !c.Forum {
		return nil
	}
	return c.topics[k]
}

func (c *chat) drop(t *topic) {
	t.Deleted = true
	for _, m := range c.messages {
		if m.Thread == t.ID && !m.Deleted {
			m.Deleted = true
			c.screen = slices.DeleteFunc(c.screen, func(id int64) bool { return id == m.ID })
		}
	}
}

// begin makes a topic; its first message is about that and lends it its id.
func (s *Server) begin(c *chat, by *User, title string) (*topic, *Message) {
	m := s.message(c, by)
	m.Thread, m.InTopic, m.TopicCreated = m.ID, true, &TopicCreated{title}
	c.messages[m.ID] = m
	t := &topic{Topic: Topic{ID: m.ID, Title: title}, creator: by.ID}
	c.topics = append(c.topics, t)
	return t, m
}

// thread is the topic that the bot writes into; 0 = none.
func (c *chat) into(p *params) (int64, *refusal) {
	id := p.number("message_thread_id")
	if id == 0 {
		return 0, nil
	}
	t := c.topic(id)
	switch {
	case t == nil:
		return 0, bad("message thread not found")
	case t.Closed && (c.rights == nil || !c.rights.Topics):
		return 0, bad("TOPIC_CLOSED")
	}
	return id, nil
}
