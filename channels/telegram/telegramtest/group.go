package telegramtest

// Group is a chat of several people and the bot.
type Group struct {
	s    *Server
	chat *chat
}

// Group makes a group with the bot in it. Privacy mode holds: the bot gets commands and answers to its own messages.
func (s *Server) Group(title string) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids.group++
	return &Group{s, s.open(Chat{ID: -s.ids.group, Type: "group", Title: title})}
}

// ID is what the bot calls the group.
func (g *Group) ID() int64 {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.chat.ID
}

// Member is the person's seat in the group.
func (g *Group) Member(p *Person) *Seat { return &Seat{s: g.s, who: p.who, chat: g.chat} }

// Migrate makes the group a supergroup: the chat goes on under a new id, the old one answers with it.
func (g *Group) Migrate() (to int64) {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	from := g.chat.Chat
	g.chat.ID, g.chat.Type = from.ID-1_000_000_000_000, "supergroup"
	to = g.chat.ID
	delete(s.chats, from.ID)
	s.chats[to], s.moved[from.ID] = g.chat, to
	s.service(from, func(m *Message) { m.Moved = to })
	s.service(g.chat.Chat, func(m *Message) { m.MovedBy = from.ID })
	return to
}

// service brings a message that nobody wrote.
func (s *Server) service(in Chat, fill func(*Message)) {
	s.ids.message++
	m := &Message{ID: s.ids.message, Chat: in, Date: s.o.Now().Unix()}
	fill(m)
	s.push(in.ID, "message", m)
}

// Remove throws the bot out; by is who did.
func (g *Group) Remove(by *Person) {
	g.place(by, "member", "left", "bot was kicked from the "+g.chat.Type+" chat")
}

// Add takes it in again.
func (g *Group) Add(by *Person) { g.place(by, "left", "member", "") }

func (g *Group) place(by *Person, was, is, why string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.chat.blocked = why
	g.s.tellMember(g.chat, by.who, was, is)
}
