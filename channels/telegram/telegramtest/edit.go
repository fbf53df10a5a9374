package telegramtest

// own finds a message of the bot that can be edited.
func (s *Server) own(p *params) (*chat, *Message, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, nil, refused
	}
	m, known := c.messages[p.number("message_id")]
	switch {
	case !known || m.Deleted:
		return nil, nil, bad("message to edit not found")
	case m.From.ID != s.me.ID:
		return nil, nil, bad("message can't be edited")
	}
	return c, m, nil
}

func (s *Server) editMessageText(p *params) (any, *refusal) {
	c, m, refused := s.own(p)
	if refused != nil {
		return nil, refused
	}
	text, entities, refused := words(p, "text", maxText)
	if refused != nil {
		return nil, refused
	}
	look, refused := readMarkup(p)
	switch {
	case refused != nil:
		return nil, refused
	case m.Text == "":
		return nil, bad("there is no text in the message to edit")
	case text == "":
		return nil, bad("message text is empty")
	case look.keyboard != nil:
		return nil, bad("inline keyboard expected")
	}
	return s.edited(c, m, func(m *Message) { m.Text, m.Entities, m.Inline = text, entities, look.inline })
}

func (s *Server) editMessageReplyMarkup(p *params) (any, *refusal) {
	c, m, refused := s.own(p)
	if refused != nil {
		return nil, refused
	}
	look, refused := readMarkup(p)
	if refused != nil {
		return nil, refused
	}
	if look.keyboard != nil {
		return nil, bad("inline keyboard expected")
	}
	return s.edited(c, m, func(m *Message) { m.Inline = look.inline })
}
