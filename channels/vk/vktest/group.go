package vktest

// Group is a chat of several people and the community.
type Group struct {
	s    *Server
	chat *chat
}

// Group makes a group chat with the community in it, which reads everything there.
func (s *Server) Group() *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids.group++
	return &Group{s, s.open(firstChat + s.ids.group)}
}

// ID is what the bot calls the chat.
func (g *Group) ID() int64 { return g.chat.peer }

// Member is the person's seat in the chat.
func (g *Group) Member(p *Person) *Seat { return &Seat{s: g.s, who: p.who, chat: g.chat, old: p.old} }

// Remove throws the community out.
func (g *Group) Remove() { g.close(&refusal{917, "You don't have access to this chat"}) }

// Add takes it in again.
func (g *Group) Add() { g.close(nil) }

func (g *Group) close(why *refusal) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.chat.closed = why
}
