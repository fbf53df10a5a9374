package vktest

import "maps"

// serverID is the Callback API's name for the one address that it can have here.
const serverID = 1

// ticked are the kinds of events that are brought unless somebody took them out.
var ticked = []string{"message_new", "message_reply", "message_allow", "message_deny", "message_event"}

// Untick takes kinds of events out of what the Callback API brings, as the community's managers may.
func (s *Server) Untick(kinds ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	off := maps.Clone(s.hook.off)
	if off == nil {
		off = map[string]bool{}
	}
	for _, kind := range kinds {
		off[kind] = true
	}
	s.hook.off = off
}

// getCallbackServers tells of the address that is set; its status is how the confirmation and the last events went.
func (s *Server) getCallbackServers(p *params) (any, *refusal) {
	if refused := s.ours(p); refused != nil {
		return nil, refused
	}
	items := []map[string]any{}
	if s.hook.asked != "" {
		status := "ok"
		if s.hook.url == "" || s.hook.failures > 0 {
			status = "failed"
		}
		items = append(items, map[string]any{"id": serverID, "title": "careline", "creator_id": 1, "url": s.hook.asked, "secret_key": s.hook.secret, "status": status})
	}
	return map[string]any{"count": len(items), "items": items}, nil
}

// getCallbackSettings leaves message_edit at 0 whatever is set, as VK does.
func (s *Server) getCallbackSettings(p *params) (any, *refusal) {
	if refused := s.callback(p); refused != nil {
		return nil, refused
	}
	events := map[string]int{"message_edit": 0}
	for _, kind := range ticked {
		if events[kind] = 1; s.hook.off[kind] {
			events[kind] = 0
		}
	}
	return map[string]any{"api_version": version, "events": events}, nil
}

// setCallbackSettings changes what is given and leaves the rest.
func (s *Server) setCallbackSettings(p *params) (any, *refusal) {
	if refused := s.callback(p); refused != nil {
		return nil, refused
	}
	off := maps.Clone(s.hook.off)
	if off == nil {
		off = map[string]bool{}
	}
	for _, kind := range ticked {
		if p.has(kind) {
			off[kind] = !p.yes(kind)
		}
	}
	s.hook.off = off
	return 1, nil
}

// callback refuses what is asked about another address.
func (s *Server) callback(p *params) *refusal {
	if refused := s.ours(p); refused != nil {
		return refused
	}
	if s.hook.url == "" || p.number("server_id") != serverID {
		return &refusal{2000, "Servers number limit is reached or there is no such server"}
	}
	return nil
}
