package whatsapp

import (
	"careline/channels"
	"careline/channels/wire"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// attach puts what the message holds into in: words, files, a place, a contact, an answer to what it answers.
func attach(in *channels.Incoming, m *waE2E.Message) {
	in.Text = wire.Clean(words(m))
	in.ReplyTo = contextOf(m).GetStanzaID()
	if f, ok := fileOf(m); ok {
		in.Files = []channels.File{f}
	}
	switch {
	case m.LocationMessage != nil:
		p := m.LocationMessage
		in.Place = &channels.Place{
			Latitude: p.GetDegreesLatitude(), Longitude: p.GetDegreesLongitude(), Title: wire.Clean(p.GetName()), Address: wire.Clean(p.GetAddress()), URL: p.GetURL(),
		}
	case m.LiveLocationMessage != nil:
		p := m.LiveLocationMessage
		in.Place = &channels.Place{Latitude: p.GetDegreesLatitude(), Longitude: p.GetDegreesLongitude()}
	case m.ContactMessage != nil:
		in.Shared = card(m.ContactMessage)
	case len(m.GetContactsArrayMessage().GetContacts()) > 0:
		in.Shared = card(m.ContactsArrayMessage.Contacts[0])
	}
}

// words of a message, of a file's caption, or of the button that was pressed.
func words(m *waE2E.Message) string {
	for _, s := range []string{
		m.GetConversation(), m.GetExtendedTextMessage().GetText(),
		m.GetImageMessage().GetCaption(), m.GetVideoMessage().GetCaption(), m.GetDocumentMessage().GetCaption(), m.GetLiveLocationMessage().GetCaption(),
		m.GetButtonsResponseMessage().GetSelectedDisplayText(), m.GetTemplateButtonReplyMessage().GetSelectedDisplayText(),
		m.GetListResponseMessage().GetTitle(), m.GetInteractiveResponseMessage().GetBody().GetText(),
	} {
		if s != "" {
			return s
		}
	}
	return ""
}

// contextOf is what a message says of its place in the chat: what it answers, and how long it is kept.
func contextOf(m *waE2E.Message) (found *waE2E.ContextInfo) {
	m.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		part, ok := v.Interface().(protoreflect.Message)
		if !ok {
			return true
		}
		if c, ok := part.Interface().(interface{ GetContextInfo() *waE2E.ContextInfo }); ok && c.GetContextInfo() != nil {
			found = c.GetContextInfo()
		}
		return found == nil
	})
	return found
}

// mute are the parts of a message that say nothing to us: what belongs to the encryption, and what people do with
// messages rather than say.
var mute = map[protoreflect.Name]bool{
	"messageContextInfo": true, "senderKeyDistributionMessage": true, "fastRatchetKeySenderKeyDistributionMessage": true,
	"protocolMessage": true, "reactionMessage": true, "encReactionMessage": true, "pinInChatMessage": true,
	"keepInChatMessage": true, "pollUpdateMessage": true, "encEventResponseMessage": true, "secretEncryptedMessage": true,
	"placeholderMessage": true, "stickerSyncRmrMessage": true, "call": true, "chat": true,
}

// kinds have names of ours; others go by the network's.
var kinds = map[protoreflect.Name]string{
	"stickerMessage": "sticker", "lottieStickerMessage": "sticker", "pollCreationMessage": "poll", "pollCreationMessageV2": "poll",
	"pollCreationMessageV3": "poll", "contactMessage": "contact", "contactsArrayMessage": "contact", "groupInviteMessage": "invitation",
	"productMessage": "product", "orderMessage": "order", "eventMessage": "event",
}

// other names a message that we cannot read; empty = it says nothing.
func other(m *waE2E.Message) (kind string) {
	m.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		if mute[f.Name()] {
			return true
		}
		if kind = kinds[f.Name()]; kind == "" {
			kind = string(f.Name())
		}
		return false
	})
	if kind == "" && len(m.ProtoReflect().GetUnknown()) > 0 {
		kind = "unknown"
	}
	return kind
}
