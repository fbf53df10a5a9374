package telegramtest

import "strconv"

// compose is what all messages of the bot have in common: where to, buttons, what it answers.
func (s *Server) compose(p *params) (*chat, *Message, *refusal) {
	c, refused := s.target(p)
	if refused != nil {
		return nil, nil, refused
	}
	look, refused := readMarkup(p)
	if refused != nil {
		return nil, nil, refused
	}
	var reply struct {
		ID      int64 `json:"message_id"`
		Without bool  `json:"allow_sending_without_reply"`
	}
	if err := p.object("reply_parameters", &reply); err != nil {
		return nil, nil, bad("can't parse reply parameters JSON object")
	}
	answered := c.replied(reply.ID)
	if reply.ID != 0 && answered == nil && !reply.Without {
		return nil, nil, bad("message to be replied not found")
	}
	thread, refused := c.into(p)
	if refused != nil {
		return nil, nil, refused
	}
	if thread != 0 && answered == nil {
		answered = c.replied(thread)
	}
	m := s.message(c, &s.me)
	m.Thread, m.InTopic = thread, thread != 0
	m.Inline, m.Keyboard, m.ReplyTo = look.inline, look.keyboard, answered
	return c, m, nil
}

func (s *Server) sendMessage(p *params) (any, *refusal) {
	c, m, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	if m.Text, m.Entities, refused = words(p, "text", maxText); refused != nil {
		return nil, refused
	}
	if m.Text == "" {
		return nil, bad("message text is empty")
	}
	c.show(m)
	return *m, nil
}

func (s *Server) sendPhoto(p *params) (any, *refusal) {
	return s.sendFile(p, "photo", func(m *Message, a Attachment) { m.Photo = []Attachment{a} })
}

func (s *Server) sendDocument(p *params) (any, *refusal) {
	return s.sendFile(p, "document", func(m *Message, a Attachment) { m.Document = &a })
}

func (s *Server) sendVoice(p *params) (any, *refusal) {
	return s.sendFile(p, "voice", func(m *Message, a Attachment) { m.Voice = &a })
}

func (s *Server) sendVideo(p *params) (any, *refusal) {
	return s.sendFile(p, "video", func(m *Message, a Attachment) { m.Video = &a })
}

func (s *Server) sendAudio(p *params) (any, *refusal) {
	return s.sendFile(p, "audio", func(m *Message, a Attachment) { m.Audio = &a })
}

func (s *Server) sendFile(p *params, kind string, put func(*Message, Attachment)) (any, *refusal) {
	c, m, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	if m.Caption, m.Marks, refused = words(p, "caption", maxCaption); refused != nil {
		return nil, refused
	}
	a, refused := s.attach(p, kind)
	if refused != nil {
		return nil, refused
	}
	put(m, a)
	c.show(m)
	return *m, nil
}

func (s *Server) sendLocation(p *params) (any, *refusal) {
	c, m, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	if m.Location, refused = point(p); refused != nil {
		return nil, refused
	}
	c.show(m)
	return *m, nil
}

func (s *Server) sendVenue(p *params) (any, *refusal) {
	c, m, refused := s.compose(p)
	if refused != nil {
		return nil, refused
	}
	at, refused := point(p)
	switch {
	case refused != nil:
		return nil, refused
	case p.text("title") == "":
		return nil, bad("VENUE_TITLE_INVALID")
	case p.text("address") == "":
		return nil, bad("VENUE_ADDRESS_INVALID")
	}
	m.Location, m.Venue = at, &Venue{Location: *at, Title: p.text("title"), Address: p.text("address")}
	c.show(m)
	return *m, nil
}

func point(p *params) (*Location, *refusal) {
	lat, err1 := strconv.ParseFloat(p.text("latitude"), 64)
	lon, err2 := strconv.ParseFloat(p.text("longitude"), 64)
	if err1 != nil || err2 != nil || lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return nil, bad("wrong latitude or longitude")
	}
	return &Location{lat, lon}, nil
}
