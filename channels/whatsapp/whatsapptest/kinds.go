package whatsapptest

import (
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// SendImage sends a picture.
func (p *Seat) SendImage(data []byte, caption string) Sent {
	f := p.s.keep(data, whatsmeow.MediaImage)
	return p.Send(&waE2E.Message{ImageMessage: f.image(caption)})
}

// SendViewOnce sends a picture that may be looked at once.
func (p *Seat) SendViewOnce(data []byte, caption string) Sent {
	image := p.s.keep(data, whatsmeow.MediaImage).image(caption)
	image.ViewOnce = proto.Bool(true)
	return p.Send(&waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: image}}})
}

// SendViewOnceHere sends such a picture as the network does it now: linked devices only learn that there is one.
func (p *Seat) SendViewOnceHere(data []byte) Sent {
	image := p.s.keep(data, whatsmeow.MediaImage).image("")
	image.ViewOnce = proto.Bool(true)
	sent := p.shown(&waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: image}}})
	n := p.who.stanza(sent.Message, sent.At.Add(p.skew), "media")
	n.Content = []waBinary.Node{{Tag: "unavailable", Attrs: waBinary.Attrs{"type": "view_once"}}}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, d := range p.s.own.linked {
		d.deliver(n)
	}
	return sent
}

// SendDocument sends a file; with a caption it is wrapped, as phones do.
func (p *Seat) SendDocument(name, mime string, data []byte, caption string) Sent {
	f := p.s.keep(data, whatsmeow.MediaDocument)
	body := &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileSHA256: f.plain, FileEncSHA256: f.sealed, FileLength: &f.size,
		Mimetype: &mime, FileName: &name, Title: &name,
	}}
	if caption != "" {
		body.DocumentMessage.Caption = &caption
		body = &waE2E.Message{DocumentWithCaptionMessage: &waE2E.FutureProofMessage{Message: body}}
	}
	return p.Send(body)
}

// SendVoice says something.
func (p *Seat) SendVoice(data []byte) Sent {
	f := p.s.keep(data, whatsmeow.MediaAudio)
	return p.Send(&waE2E.Message{AudioMessage: &waE2E.AudioMessage{
		URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileSHA256: f.plain, FileEncSHA256: f.sealed, FileLength: &f.size,
		Mimetype: proto.String("audio/ogg; codecs=opus"), PTT: proto.Bool(true), Seconds: proto.Uint32(3),
	}})
}

// SendVideo sends a film.
func (p *Seat) SendVideo(data []byte, caption string) Sent {
	f := p.s.keep(data, whatsmeow.MediaVideo)
	return p.Send(&waE2E.Message{VideoMessage: &waE2E.VideoMessage{
		URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileSHA256: f.plain, FileEncSHA256: f.sealed, FileLength: &f.size,
		Mimetype: proto.String("video/mp4"), Caption: &caption,
	}})
}

// SendLocation sends a point on the map.
func (p *Seat) SendLocation(latitude, longitude float64) Sent {
	return p.Send(&waE2E.Message{LocationMessage: &waE2E.LocationMessage{
		DegreesLatitude: &latitude, DegreesLongitude: &longitude,
	}})
}

// SendContact sends a card with a name and a number.
func (p *Seat) SendContact(name, phone string) Sent {
	card := fmt.Sprintf("BEGIN:VCARD\nVERSION:3.0\nN:;%s;;;\nFN:%s\nTEL;type=CELL;type=VOICE;waid=%s:%s\nEND:VCARD",
		name, name, strings.TrimPrefix(phone, "+"), phone)
	return p.Send(&waE2E.Message{ContactMessage: &waE2E.ContactMessage{DisplayName: &name, Vcard: &card}})
}

// WriteEphemeral sends a text in a chat where messages disappear, wrapped as phones do.
func (p *Seat) WriteEphemeral(text string) Sent {
	return p.Send(&waE2E.Message{EphemeralMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{
		ExtendedTextMessage: &waE2E.ExtendedTextMessage{
			Text: &text, ContextInfo: &waE2E.ContextInfo{Expiration: proto.Uint32(24 * 60 * 60)},
		},
	}}})
}

// SendUnknown sends what no version of the client knows.
func (p *Seat) SendUnknown() Sent {
	body, field := new(waE2E.Message), protowire.AppendTag(nil, 9999, protowire.BytesType)
	body.ProtoReflect().SetUnknown(protowire.AppendString(field, "from the future"))
	return p.Send(body)
}

// React puts an emoji to a message; an empty one takes it back.
func (p *Seat) React(message, emoji string) Sent {
	p.s.mu.Lock()
	p.chat.change(p.s, message, func(m *Message) { m.Reaction = emoji })
	key := p.key(message)
	at := p.s.o.Now().UnixMilli()
	p.s.mu.Unlock()
	return p.tell(&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{
		Key: key, Text: &emoji, SenderTimestampMS: &at,
	}}, "")
}

// Edit changes the words of a message that the person wrote.
func (p *Seat) Edit(message, text string) Sent {
	p.s.mu.Lock()
	p.chat.change(p.s, message, func(m *Message) { m.Text, m.Edited = text, true })
	key := p.key(message)
	at := p.s.o.Now().UnixMilli()
	p.s.mu.Unlock()
	return p.tell(&waE2E.Message{EditedMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{
		ProtocolMessage: &waE2E.ProtocolMessage{
			Key: key, Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), TimestampMS: &at,
			EditedMessage: &waE2E.Message{Conversation: &text},
		},
	}}}, types.EditAttributeMessageEdit)
}

// EditLast changes the words of the last message that the person wrote.
func (p *Seat) EditLast(text string) Sent { return p.Edit(p.lastOwn(), text) }

// Revoke takes a message of the person back.
func (p *Seat) Revoke(message string) Sent {
	p.s.mu.Lock()
	key := p.key(message)
	p.chat.delete(p.s, message)
	p.s.mu.Unlock()
	return p.tell(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Key: key, Type: waE2E.ProtocolMessage_REVOKE.Enum(),
	}}, types.EditAttributeSenderRevoke)
}

// Disappear makes the messages of the chat disappear after a day, which the clinic is told.
func (p *Seat) Disappear() Sent {
	return p.tell(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_EPHEMERAL_SETTING.Enum(), EphemeralExpiration: proto.Uint32(24 * 60 * 60),
	}}, "")
}

// key names a message as the person's phone does; the server's lock must be held.
func (p *Seat) key(message string) *waCommon.MessageKey {
	chat, mine := p.s.own.from(), true
	if m := p.chat.messages[message]; m != nil && m.Clinic {
		mine = false
	}
	return &waCommon.MessageKey{RemoteJID: proto.String(chat.String()), FromMe: &mine, ID: &message}
}

func (p *Seat) lastOwn() (id string) {
	for _, m := range p.Messages() {
		if !m.Clinic {
			id = m.ID
		}
	}
	return id
}
