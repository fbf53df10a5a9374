package telegramtest

const maxTitle = 128 // UTF-16 units of a topic's name

// forum is the target if it has topics.
func (s *Server) forum(p *params) (*chat, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	if !c.Forum {
		return nil, bad("the chat is not a forum")
	}
	return c, nil
}

// managed is a topic that the bot may change: its own, or any with the right.
func (s *Server) managed(p *params) (*chat, *topic, *refusal) {
	c, refused := s.forum(p)
	if refused != nil {
		return nil, nil, refused
	}
	t := c.topic(p.number("message_thread_id"))
	switch {
	case t == nil:
		return nil, nil, bad("TOPIC_ID_INVALID")
	case t.creator != s.me.ID && (c.rights == nil || !c.rights.Topics):
		return nil, nil, bad("not enough rights to edit the topic")
	}
	return c, t, nil
}

func (s *Server) createForumTopic(p *params) (any, *refusal) {
	c, refused := s.forum(p)
	title := p.text("name")
	switch {
	case refused != nil:
		return nil, refused
	case c.rights == nil || !c.rights.Topics:
		return nil, bad("not enough rights to create a topic")
	case title == "" || units(title) > maxTitle:
		return nil, bad("TOPIC_TITLE_EMPTY")
	}
	t, _ := s.begin(c, &s.me, title)
	return struct {
		ID    int64  `json:"message_thread_id"`
		Name  string `json:"name"`
		Color int    `json:"icon_color"`
	}{t.ID, t.Title, 7322096}, nil
}

func (s *Server) editForumTopic(p *params) (any, *refusal) {
	_, t, refused := s.managed(p)
	title := p.text("name")
	switch {
	case refused != nil:
		return nil, refused
	case units(title) > maxTitle:
		return nil, bad("TOPIC_TITLE_EMPTY")
	case title == "" || title == t.Title:
		return nil, bad("TOPIC_NOT_MODIFIED")
	}
	t.Title = title
	return true, nil
}

func (s *Server) closeForumTopic(p *params) (any, *refusal)  { return s.turned(p, true) }
func (s *Server) reopenForumTopic(p *params) (any, *refusal) { return s.turned(p, false) }

func (s *Server) turned(p *params, closed bool) (any, *refusal) {
	_, t, refused := s.managed(p)
	switch {
	case refused != nil:
		return nil, refused
	case t.Closed == closed:
		return nil, bad("TOPIC_NOT_MODIFIED")
	}
	t.Closed = closed
	return true, nil
}

func (s *Server) deleteForumTopic(p *params) (any, *refusal) {
	c, t, refused := s.managed(p)
	switch {
	case refused != nil:
		return nil, refused
	case c.rights == nil || !c.rights.Deletes:
		return nil, bad("not enough rights to delete the topic")
	}
	c.drop(t)
	return true, nil
}

// getChatMember knows the bot's own place; everybody else is a member.
func (s *Server) getChatMember(p *params) (any, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, refused
	}
	id := p.number("user_id")
	if id != s.me.ID || c.rights == nil {
		return member{User: User{ID: id, Bot: id == s.me.ID}, Status: "member"}, nil
	}
	return struct {
		member
		Topics  bool `json:"can_manage_topics"`
		Deletes bool `json:"can_delete_messages"`
	}{member{User: s.me, Status: "administrator"}, c.rights.Topics, c.rights.Deletes}, nil
}
