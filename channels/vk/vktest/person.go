package vktest

// Person has a private chat with the community.
type Person struct {
	*Seat
}

// Person makes a person, to whom the community may not write before the person does or allows it. A user without an
// ID gets the next one, without a name «Анна».
func (s *Server) Person(u User) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		s.ids.user++
		u.ID = s.ids.user
	}
	if u.First == "" {
		u.First, u.Last = "Анна", "Лебеденко"
	}
	s.users[u.ID] = u
	c := s.open(u.ID)
	c.closed = withoutPermission(u.ID)
	return &Person{&Seat{s: s, who: u, chat: c}}
}

// UseOldClient makes the person's client one that knows only keys that write: a callback button that it presses all
// the same writes that it is not supported. It shows no cards.
func (p *Person) UseOldClient() { p.old = true }

// Start presses «Начать», which VK shows in an empty chat.
func (p *Person) Start() Sent { return p.WriteWith("Начать", `{"command":"start"}`) }

// StartBy comes by a link like vk.me/club1?ref=…&ref_source=….
func (p *Person) StartBy(ref, source string) Sent {
	return p.say(func(m *Message) {
		m.Text, m.Payload, m.Ref, m.RefSource = "Начать", `{"command":"start"}`, ref, source
	})
}

// Allow lets the community write; key is what its page or widget gave along.
func (p *Person) Allow(key string) Sent {
	return p.permit("message_allow", nil, map[string]any{"user_id": p.who.ID, "key": key})
}

// Deny forbids the community to write, until the person allows it or writes.
func (p *Person) Deny() Sent {
	return p.permit("message_deny", withoutPermission(p.who.ID), map[string]any{"user_id": p.who.ID})
}

func (p *Person) permit(kind string, closed *refusal, object any) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.chat.closed = closed
	return Sent{Update: p.s.push(p.chat.peer, kind, object), Seq: len(p.chat.log), At: p.s.o.Now()}
}

// Hide closes the person's messages by the privacy settings; nobody is told.
func (p *Person) Hide() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.chat.closed = &refusal{902, "Can't send messages to this user due to their privacy settings"}
}
