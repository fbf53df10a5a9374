package telegramtest

// Person has a private chat with the bot.
type Person struct {
	*Seat
}

// Person makes a person. A user without an ID gets the next one; without a language Russian, without a name «Анна».
func (s *Server) Person(u User) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		s.ids.user++
		u.ID = s.ids.user
	}
	if u.First == "" {
		u.First = "Анна"
	}
	if u.Language == "" {
		u.Language = "ru"
	}
	c := s.open(Chat{ID: u.ID, Type: "private", First: u.First, Last: u.Last, Username: u.Username})
	return &Person{&Seat{s: s, who: u, chat: c}}
}

// Start opens the bot by its link: /start, with the link's parameter if there is one.
func (p *Person) Start(parameter string) Sent {
	if parameter == "" {
		return p.Write("/start")
	}
	return p.Write("/start " + parameter)
}

// Block keeps the bot from writing; what the person writes does not reach it either.
func (p *Person) Block() Sent {
	return p.member("kicked", "bot was blocked by the user")
}

// Unblock lets the bot write again.
func (p *Person) Unblock() Sent { return p.member("member", "") }

func (p *Person) member(status, why string) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	was := "member"
	if p.chat.blocked != "" {
		was = "kicked"
	}
	p.chat.blocked = why
	return Sent{Update: p.s.tellMember(p.chat, p.who, was, status), Seq: len(p.chat.log)}
}

type member struct {
	User   User   `json:"user"`
	Status string `json:"status"`
	Until  int64  `json:"until_date,omitempty"`
}

// tellMember brings the bot the news of its own place in a chat.
func (s *Server) tellMember(c *chat, by User, was, is string) int64 {
	return s.push(c.ID, "my_chat_member", struct {
		Chat Chat   `json:"chat"`
		From User   `json:"from"`
		Date int64  `json:"date"`
		Old  member `json:"old_chat_member"`
		New  member `json:"new_chat_member"`
	}{c.Chat, by, s.o.Now().Unix(), member{User: s.me, Status: was}, member{User: s.me, Status: is}})
}
