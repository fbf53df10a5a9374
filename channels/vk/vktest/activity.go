package vktest

import "slices"

func (s *Server) setActivity(p *params) (any, *refusal) {
	c, refused := s.target(p.peer())
	if refused != nil {
		return nil, refused
	}
	if !slices.Contains([]string{"typing", "audiomessage"}, p.text("type")) {
		return nil, bad("type should be typing or audiomessage")
	}
	c.typing++
	return 1, nil
}

func (s *Server) markAsRead(p *params) (any, *refusal) {
	c, known := s.chats[p.peer()]
	if !known {
		return nil, bad("peer_id is invalid")
	}
	c.read = int64(len(c.messages))
	if m := c.find(p.number("start_message_id"), 0); m != nil {
		c.read = m.CMID
	}
	return 1, nil
}

func (s *Server) isAllowed(p *params) (any, *refusal) {
	allowed := 0
	if _, refused := s.target(p.number("user_id")); refused == nil {
		allowed = 1
	}
	return map[string]int{"is_allowed": allowed}, nil
}
