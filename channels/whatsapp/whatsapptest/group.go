package whatsapptest

import (
	"fmt"

	"go.mau.fi/whatsmeow/types"
)

// Group is a chat of several people and the clinic.
type Group struct {
	s    *Server
	jid  types.JID
	chat *chat
}

// Group makes a group with the clinic in it.
func (s *Server) Group() *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups++
	return &Group{s, types.NewJID(fmt.Sprintf("1203630%011d", s.groups), types.GroupServer), newChat()}
}

// JID is the group's address.
func (g *Group) JID() types.JID { return g.jid }

// Member is the person's seat in the group.
func (g *Group) Member(p *Person) *Seat { return &Seat{s: g.s, who: p.who, chat: g.chat, room: g.jid} }

// Status is where the person posts for all who have their number.
func (p *Person) Status() *Seat {
	return &Seat{s: p.s, who: p.who, chat: newChat(), room: types.StatusBroadcastJID}
}
