package vktest

// getByCMID leaves out what stands in the chat no more.
func (s *Server) getByCMID(p *params) (any, *refusal) {
	c, known := s.chats[p.peer()]
	ids, ok := p.list("conversation_message_ids")
	switch {
	case !known:
		return nil, &refusal{917, "You don't have access to this chat"}
	case !ok || len(ids) == 0 || len(ids) > 100:
		return nil, bad("conversation_message_ids is invalid")
	}
	items := []Message{}
	for _, id := range ids {
		if m := c.find(0, id); m != nil {
			items = append(items, *m)
		}
	}
	return map[string]any{"count": len(items), "items": items}, nil
}
