package vktest

import (
	"strconv"
	"strings"
)

// settings of the Long Poll: whether it is on, and which kinds of events it brings.
type settings struct {
	enabled bool
	version string
	kinds   map[string]bool
}

// SetLongPoll turns the Long Poll of the community on or off, as its managers do on VK's pages. It begins as on, with
// message_new only.
func (s *Server) SetLongPoll(enabled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings.enabled = enabled
}

// ours refuses what is asked about another community.
func (s *Server) ours(p *params) *refusal {
	if id := strings.TrimPrefix(p.text("group_id"), "-"); id != strconv.FormatInt(s.o.GroupID, 10) {
		return &refusal{15, "Access denied: no access to this group"}
	}
	return nil
}

func (s *Server) getLongPollSettings(p *params) (any, *refusal) {
	if refused := s.ours(p); refused != nil {
		return nil, refused
	}
	kinds := map[string]int{}
	for kind, on := range s.settings.kinds {
		kinds[kind] = 0
		if on {
			kinds[kind] = 1
		}
	}
	v := s.settings.version
	if v == "" {
		v = version
	}
	return map[string]any{"is_enabled": s.settings.enabled, "api_version": v, "events": kinds}, nil
}

// setLongPollSettings changes what is given and leaves the rest.
func (s *Server) setLongPollSettings(p *params) (any, *refusal) {
	if refused := s.ours(p); refused != nil {
		return nil, refused
	}
	for name, value := range p.values {
		switch name {
		case "v", "group_id", "lang":
		case "enabled":
			s.settings.enabled = p.yes(name)
		case "api_version":
			s.settings.version = value
		default:
			s.settings.kinds[name] = p.yes(name)
		}
	}
	return 1, nil
}
