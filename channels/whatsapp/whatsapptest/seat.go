package whatsapptest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Seat is one person in one chat: the private one with the clinic, a group, or the place for everybody's status.
type Seat struct {
	s    *Server
	who  *user
	chat *chat
	room types.JID // of a group or a broadcast; empty = the private chat
	skew time.Duration
	seen int // how far Await has read
}

// Sent is what became of an action. Message is the id that the client gets; Seq is how many changes the chat had
// before it.
type Sent struct {
	Message string
	Seq     int
	At      time.Time
}

// JID is the person's phone as an address.
func (p *Seat) JID() types.JID { return p.who.jid }

// LID is the person's hidden identity.
func (p *Seat) LID() types.JID { return p.who.lid }

// Phone is the person's number, with the plus.
func (p *Seat) Phone() string { return "+" + p.who.jid.User }

// Name is what the person calls themselves.
func (p *Seat) Name() string { return p.who.name }

// Skew sets the clock of what the person sends from now on: positive is the future.
func (p *Seat) Skew(by time.Duration) { p.skew = by }

// Write sends a text.
func (p *Seat) Write(text string) Sent { return p.Send(&waE2E.Message{Conversation: &text}) }

// Reply sends a text that answers a message of the chat.
func (p *Seat) Reply(to string, text string) Sent {
	return p.Send(&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: &text, ContextInfo: p.quote(to),
	}})
}

// quote names the message that is answered, with what it said.
func (p *Seat) quote(id string) *waE2E.ContextInfo {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	author, said := p.s.own.user, &waE2E.Message{}
	if m := p.chat.messages[id]; m != nil {
		said = m.Body
		if !m.Clinic {
			author = p.who
		}
	}
	return &waE2E.ContextInfo{StanzaID: &id, Participant: proto.String(author.lid.String()), QuotedMessage: said}
}

// Send sends any message, shows it in the chat and brings it to the clinic.
func (p *Seat) Send(body *waE2E.Message) Sent {
	sent := p.shown(body)
	p.post(sent, body, "")
	return sent
}

// shown puts a message of the person into the chat.
func (p *Seat) shown(body *waE2E.Message) Sent {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m := p.chat.message(p.s, p.s.nextID())
	m.Body = body
	m.read(p.s, body)
	return p.chat.show(m)
}

// tell brings the clinic what stands in the chat by no message of its own: a vote, an edit, a reaction.
func (p *Seat) tell(body *waE2E.Message, edit types.EditAttribute) Sent {
	s := p.s
	s.mu.Lock()
	sent := Sent{Message: s.nextID(), Seq: len(p.chat.log), At: s.o.Now()}
	s.mu.Unlock()
	p.post(sent, body, edit)
	return sent
}

func (p *Seat) post(sent Sent, body *waE2E.Message, edit types.EditAttribute) {
	p.who.post(sent.Message, sent.At.Add(p.skew), body, func(n *waBinary.Node) {
		if edit != "" {
			n.Attrs["edit"] = string(edit)
		}
		if !p.room.IsEmpty() {
			n.Attrs["from"], n.Attrs["participant"] = p.room, p.who.from()
			if pn, ok := n.Attrs["sender_pn"]; ok {
				n.Attrs["participant_pn"] = pn
			}
			delete(n.Attrs, "sender_pn")
		}
	})
}

// Press chooses the first option of a poll whose label holds this. The poll must be on the screen now.
func (p *Seat) Press(m Message, label string) (Sent, error) {
	labels := p.now(m.ID).Labels()
	k := slices.IndexFunc(labels, func(l string) bool { return strings.Contains(l, label) })
	if k < 0 {
		return Sent{}, fmt.Errorf("no option «%s» among %q", label, labels)
	}
	return p.PressAt(m, k)
}

// PressAt chooses the k-th option of a poll, from 0; negative: from the end.
func (p *Seat) PressAt(m Message, k int) (Sent, error) {
	m = p.now(m.ID)
	n := len(m.Labels())
	if k < 0 {
		k += n
	}
	if k < 0 || k >= n {
		return Sent{}, fmt.Errorf("message %s has %d options, none is number %d", m.ID, n, k)
	}
	return p.Vote(m, m.Labels()[k])
}

func (p *Seat) now(id string) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if m := p.chat.messages[id]; m != nil && !m.Deleted {
		return *m
	}
	return Message{ID: id}
}
