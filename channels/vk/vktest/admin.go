package vktest

// Admin is somebody of the clinic who answers in VK's own pages, in the name of the community.
type Admin struct {
	s   *Server
	who User
}

// Admin makes an administrator of the community.
func (s *Server) Admin() *Admin {
	p := s.Person(User{First: "Вера", Last: "Администратор"})
	return &Admin{s, p.who}
}

// ID is the administrator's own.
func (a *Admin) ID() int64 { return a.who.ID }

// ReplyTo writes to the person.
func (a *Admin) ReplyTo(p *Person, text string) Sent {
	s := a.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.message(p.chat, -s.o.GroupID)
	sent := Sent{Message: m.CMID, Seq: len(p.chat.log), At: m.At}
	m.Text, m.Admin = text, a.who.ID
	p.chat.show(m)
	sent.Update = s.push(p.chat.peer, "message_reply", *m)
	return sent
}
