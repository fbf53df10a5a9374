package whatsapptest

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Person has a private chat with the clinic.
type Person struct {
	*Seat
}

// Person makes a person with WhatsApp.
func (s *Server) Person(u User) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.register(u)
	return &Person{&Seat{s: s, who: made, chat: made.chat}}
}

// Read opens the chat on a message, and the clinic sees blue ticks.
func (p *Person) Read(message string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.who.tell(message, types.ReceiptTypeRead)
}

// Block keeps the clinic from reaching the person, and it is not told.
func (p *Person) Block() { p.set(func(u *user) { u.blocks = true }) }

// Unblock ends that.
func (p *Person) Unblock() { p.set(func(u *user) { u.blocks = false }) }

// Leave takes the person off WhatsApp: the number is not known there any more.
func (p *Person) Leave() { p.set(func(u *user) { u.gone = true }) }

func (p *Person) set(how func(*user)) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	how(p.who)
}

// Forget loses the person's encrypted sessions, like a phone that is set up anew: it asks for the next message again.
func (p *Person) Forget() {
	p.who.mu.Lock()
	defer p.who.mu.Unlock()
	clear(p.who.keys.sessions)
}

// Reinstall sets WhatsApp up anew with other keys, of which the network tells those who have written there.
func (p *Person) Reinstall() {
	p.who.mu.Lock()
	defer p.who.mu.Unlock()
	p.who.keys = newKeyring(p.who.keys.registration + 1)
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, d := range p.s.own.linked {
		d.deliver(waBinary.Node{Tag: "notification", Attrs: waBinary.Attrs{
			"from": p.who.lid, "id": p.s.nextID(), "type": "encrypt", "t": p.s.o.Now().Unix(),
		}, Content: []waBinary.Node{{Tag: "identity"}}})
	}
}

// Garble makes the next n deliveries unreadable, also those that the clinic's client asks for again.
func (p *Person) Garble(n int) {
	p.who.mu.Lock()
	defer p.who.mu.Unlock()
	p.who.garbled = n
}

// Redeliver brings the very same ciphertext of a message once more, as the network does that missed an
// acknowledgement.
func (p *Person) Redeliver(sent Sent) {
	p.who.mu.Lock()
	defer p.who.mu.Unlock()
	m := p.who.sent[sent.Message]
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for d, n := range m.last {
		d.deliver(n)
	}
}

// Resend encrypts a message anew under the same id, as a phone does when it is asked to.
func (p *Person) Resend(sent Sent) {
	devices := p.s.own.devices()
	p.who.mu.Lock()
	defer p.who.mu.Unlock()
	for _, d := range devices {
		p.who.transmit(p.who.sent[sent.Message], d, 1)
	}
}
