package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Seat is one person in one chat: a private one with the bot, or a group.
type Seat struct {
	s      *Server
	who    User
	chat   *chat
	seen   int   // how far Await has read
	thread int64 // the topic they sit in; 0 = none
}

// Sent is what became of an action: the update, the person's message, the press. Seq is how many changes the chat
// had before it.
type Sent struct {
	Update  int64
	Message int64
	Query   string
	Seq     int
	At      time.Time
}

// User is the person.
func (p *Seat) User() User { return p.who }

// ChatID is what the bot calls the chat.
func (p *Seat) ChatID() int64 {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.ID
}

// Write sends a text.
func (p *Seat) Write(text string) Sent { return p.write(text, 0) }

// Reply sends a text that answers a message of the chat.
func (p *Seat) Reply(to int64, text string) Sent { return p.write(text, to) }

func (p *Seat) write(text string, to int64) Sent {
	return p.say(func(m *Message) {
		m.Text, m.ReplyTo = text, p.chat.replied(to)
		if command, _, _ := strings.Cut(text, " "); strings.HasPrefix(text, "/") {
			m.Entities = []Entity{{Type: "bot_command", Length: units(command)}}
		}
	})
}

// ShareContact sends the person's own number.
func (p *Seat) ShareContact(phone string) Sent {
	return p.say(func(m *Message) { m.Contact = &Contact{phone, p.who.First, p.who.ID} })
}

// ShareCard sends somebody else's.
func (p *Seat) ShareCard(name, phone string) Sent {
	return p.say(func(m *Message) { m.Contact = &Contact{Phone: phone, First: name} })
}

// ShareLocation sends a point on the map.
func (p *Seat) ShareLocation(latitude, longitude float64) Sent {
	return p.say(func(m *Message) { m.Location = &Location{latitude, longitude} })
}

// SendPhoto sends an image, in two sizes as the network makes them.
func (p *Seat) SendPhoto(data []byte, caption string) Sent {
	return p.say(func(m *Message) {
		small := p.s.keep("photo", "small.jpg", "", data[:len(data)/2+1])
		small.Width, small.Height = 90, 67
		m.Photo, m.Caption = []Attachment{small, p.s.keep("photo", "large.jpg", "", data)}, caption
	})
}

// SendDocument sends a file.
func (p *Seat) SendDocument(name, mime string, data []byte, caption string) Sent {
	return p.say(func(m *Message) {
		a := p.s.keep("document", name, mime, data)
		m.Document, m.Caption = &a, caption
	})
}

// SendVoice says something.
func (p *Seat) SendVoice(data []byte) Sent {
	return p.say(func(m *Message) {
		a := p.s.keep("voice", "", "audio/ogg", data)
		m.Voice = &a
	})
}

// SendVideo sends a film.
func (p *Seat) SendVideo(name string, data []byte, caption string) Sent {
	return p.say(func(m *Message) {
		a := p.s.keep("video", name, "video/mp4", data)
		m.Video, m.Caption = &a, caption
	})
}

// SendAudio sends a recording as a player shows it, which is no document.
func (p *Seat) SendAudio(name string, data []byte, caption string) Sent {
	return p.say(func(m *Message) {
		a := p.s.keep("audio", name, "audio/mpeg", data)
		m.Audio, m.Caption = &a, caption
	})
}

// say puts a message of the person into the chat and tells the bot.
func (p *Seat) say(fill func(*Message)) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m := p.s.message(p.chat, &p.who)
	sent := Sent{Message: m.ID, Seq: len(p.chat.log), At: m.At}
	if fill(m); p.thread != 0 {
		m.Thread, m.InTopic = p.thread, true
		if m.ReplyTo == nil {
			m.ReplyTo = p.chat.replied(p.thread) // so the network shows what answers nothing in a topic
		}
	}
	p.chat.show(m)
	sent.Update = p.s.tell(p.chat, "message", m)
	return sent
}

// tell brings a message to the bot, unless privacy mode or the chat keeps it from that.
func (s *Server) tell(c *chat, kind string, m *Message) int64 {
	toBot := m.ReplyTo != nil && m.ReplyTo.From.ID == s.me.ID
	switch {
	case c.blocked != "":
		return 0
	case c.Type != "private" && !s.o.ReadsAll && c.rights == nil && !toBot && m.MovedBy == 0 && m.Moved == 0 && !strings.HasPrefix(m.Text, "/"):
		return 0
	}
	return s.push(c.ID, kind, m)
}

// Edit changes the words of a message that the person wrote.
func (p *Seat) Edit(message int64, text string) (Sent, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m, known := p.chat.messages[message]
	if !known || m.From.ID != p.who.ID {
		return Sent{}, fmt.Errorf("message %d is not %s's", message, p.who.First)
	}
	sent := Sent{Message: message, Seq: len(p.chat.log)}
	m.Text, m.At = text, p.s.o.Now()
	m.EditDate, sent.At = m.At.Unix(), m.At
	p.chat.note(m)
	sent.Update = p.s.tell(p.chat, "edited_message", m)
	return sent, nil
}

// Press presses the first button of the message whose label holds this. It must be on the screen now.
func (p *Seat) Press(m Message, label string) (Sent, error) {
	labels := p.now(m.ID).Labels()
	k := slices.IndexFunc(labels, func(l string) bool { return strings.Contains(l, label) })
	if k < 0 {
		return Sent{}, fmt.Errorf("no button «%s» among %q", label, labels)
	}
	return p.PressAt(m, k)
}

// PressAt presses the k-th button of the message, from 0, row by row; negative: from the end. A key of a keyboard
// writes its text or shares the person's contact.
func (p *Seat) PressAt(m Message, k int) (Sent, error) {
	m = p.now(m.ID)
	n := len(m.Labels())
	if k < 0 {
		k += n
	}
	if k < 0 || k >= n {
		return Sent{}, fmt.Errorf("message %d has %d buttons, none is number %d", m.ID, n, k)
	}
	if m.Inline != nil {
		b := slices.Concat(m.Inline.Rows...)[k]
		if b.URL != "" {
			return Sent{}, fmt.Errorf("button «%s» opens %s", b.Text, b.URL)
		}
		return p.PressData(m.ID, b.Data), nil
	}
	key := slices.Concat(m.Keyboard.Rows...)[k]
	switch {
	case key.Contact:
		return p.ShareContact(p.Phone()), nil
	case key.Location:
		return p.ShareLocation(55.751, 37.617), nil
	}
	return p.Write(key.Text), nil
}

// Phone is the person's own number.
func (p *Seat) Phone() string { return fmt.Sprintf("+7999%07d", p.who.ID%10_000_000) }

// PressData presses a button that need not be there any more, or never was.
func (p *Seat) PressData(message int64, data string) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	s := p.s
	s.ids.query++
	id := strconv.FormatInt(p.who.ID<<20|s.ids.query&0xfffff, 10)
	s.queries[id] = &query{asked: s.o.Now()}
	press := struct {
		ID       string   `json:"id"`
		From     User     `json:"from"`
		Message  *Message `json:"message,omitempty"`
		Instance string   `json:"chat_instance"`
		Data     string   `json:"data"`
	}{ID: id, From: p.who, Message: p.chat.messages[message], Instance: strconv.FormatInt(p.chat.ID, 10), Data: data}
	sent := Sent{Message: message, Query: id, Seq: len(p.chat.log), At: s.o.Now()}
	sent.Update = s.push(p.chat.ID, "callback_query", press)
	return sent
}

func (p *Seat) now(id int64) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if m, known := p.chat.messages[id]; known && !m.Deleted {
		return *m
	}
	return Message{ID: id}
}
