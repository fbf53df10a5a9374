package whatsapptest

import (
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

// Message is one message in a chat, as it looks now: after its edits.
type Message struct {
	ID       string
	Clinic   bool   // by the clinic
	ByHand   bool   // on the clinic's own phone
	Text     string // of a poll its question
	Caption  string // beside a file
	Quoted   string // the id of the message that it answers
	Options  []string
	Many     int // how many options one may choose; 0 = any
	File     *File
	Location *Location
	Card     string // a vCard
	Reaction string // what the other side thinks of it
	Edited   bool
	Deleted  bool

	At   time.Time // when the server took it, or its last change
	Seq  int       // number of this change in its chat, from 1
	Body *waE2E.Message
}

// File is an attachment, decrypted.
type File struct {
	Kind string // image, document, voice, audio, video
	Name string
	MIME string
	Data []byte
}

// Location is a point on the map.
type Location struct {
	Latitude, Longitude float64
	Name, Address       string
}

// Words is the text or, beside a file, the caption.
func (m Message) Words() string { return m.Text + m.Caption }

// Labels is the options of a poll. A numbered list is only words.
func (m Message) Labels() []string { return m.Options }

// read fills the message with what a body says; the server's lock must be held.
func (m *Message) read(s *Server, body *waE2E.Message) {
	switch {
	case body.GetEphemeralMessage() != nil:
		body = body.EphemeralMessage.GetMessage()
	case body.GetDocumentWithCaptionMessage() != nil:
		body = body.DocumentWithCaptionMessage.GetMessage()
	}
	m.Text, m.Caption = body.GetConversation(), ""
	if t := body.GetExtendedTextMessage(); t != nil {
		m.Text, m.Quoted = t.GetText(), t.GetContextInfo().GetStanzaID()
	}
	if l := body.GetLocationMessage(); l != nil {
		m.Location = &Location{l.GetDegreesLatitude(), l.GetDegreesLongitude(), l.GetName(), l.GetAddress()}
	}
	if c := body.GetContactMessage(); c != nil {
		m.Text, m.Card = c.GetDisplayName(), c.GetVcard()
	}
	if p := poll(body); p != nil {
		m.Text, m.Many, m.Options = p.GetName(), int(p.GetSelectableOptionsCount()), nil
		for _, o := range p.GetOptions() {
			m.Options = append(m.Options, o.GetOptionName())
		}
	}
	s.readFile(m, body)
}

func poll(body *waE2E.Message) *waE2E.PollCreationMessage {
	for _, p := range []*waE2E.PollCreationMessage{
		body.GetPollCreationMessage(), body.GetPollCreationMessageV2(), body.GetPollCreationMessageV3(),
	} {
		if p != nil {
			return p
		}
	}
	return nil
}
