package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"careline/channels"
	"careline/channels/wire"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// incoming is what a message says; nil = nothing that anybody need hear of.
func (l *line) incoming(ctx context.Context, e *events.Message) (*channels.Incoming, error) {
	if e.Message == nil || e.Info.IsFromMe && isOurs(e.Info.ID) {
		return nil, nil
	}
	m, edited := l.edit(ctx, e)
	if m == nil {
		return nil, nil
	}
	in, err := l.envelope(ctx, &e.Info)
	if err != nil {
		return nil, err
	}
	if err := l.timers.note(ctx, in.From.Chat, e, m); err != nil {
		return nil, err
	}
	if in.Edited = edited; edited { // several may come under the id of the first
		in.ID += "-" + strconv.FormatInt(e.Message.GetProtocolMessage().GetTimestampMS(), 10)
	}
	if m.PollUpdateMessage != nil {
		return l.vote(ctx, e, in)
	}
	attach(&in, m)
	if !edited && !e.Info.IsFromMe {
		in.Text, in.Source = l.options.came(in.Text)
	}
	switch empty := in.Text == "" && in.Files == nil && in.Shared == nil && in.Place == nil; {
	case empty && edited:
		return nil, nil
	case empty:
		if in.Other = other(m); in.Other == "" {
			return nil, nil
		}
	}
	if in.Shared != nil {
		in.Shared.Own = in.Shared.Phone == in.Profile.Phone && in.Profile.Phone != ""
	}
	if e.Info.IsFromMe {
		in.Clinic, in.Profile = true, channels.Profile{}
		in.Shared = nil
	}
	return &in, nil
}

// envelope is who wrote and when. What the clinic wrote stands in the chat of whom it wrote to.
func (l *line) envelope(ctx context.Context, i *types.MessageInfo) (channels.Incoming, error) {
	one, other := i.Sender, i.SenderAlt
	if i.IsFromMe {
		one, other = i.Chat, i.RecipientAlt
	}
	chat, phone, err := l.person(ctx, one, other)
	if err != nil {
		return channels.Incoming{}, err
	}
	side := ""
	if i.IsFromMe {
		side = "clinic"
	}
	return channels.Incoming{
		From: channels.Address{Channel: l.ID(), Chat: chat}, ID: inboxID(i.ID, chat+side), At: l.moment(i.Timestamp),
		Profile: channels.Profile{Name: name(i.PushName), Phone: e164(phone)},
	}, nil
}

// inboxID is unique: ids are given by the phones, each for itself. The person stands in it as a hash, for ids are
// logged and a chat may be a phone.
func inboxID(id types.MessageID, chat string) string {
	sum := sha256.Sum256([]byte(chat))
	return id + "-" + hex.EncodeToString(sum[:8])
}

// edit is the message, or what it was changed into; nil for what is no message: deletions, reactions, settings.
func (l *line) edit(ctx context.Context, e *events.Message) (m *waE2E.Message, edited bool) {
	m = e.Message
	if secret := m.GetSecretEncryptedMessage(); secret.GetSecretEncType() == waE2E.SecretEncryptedMessage_MESSAGE_EDIT {
		open, err := l.client.DecryptSecretEncryptedMessage(ctx, e)
		if err != nil {
			return nil, true // of a message before our time
		}
		m, edited = open, true
	}
	if p := m.GetProtocolMessage(); p.GetType() == waE2E.ProtocolMessage_MESSAGE_EDIT && p.GetEditedMessage() != nil {
		return p.GetEditedMessage(), true
	}
	return m, edited || e.IsEdit
}

// name of a person as their account says; it says "-" for none.
func name(s string) string {
	if s = wire.Clean(s); s == "-" {
		return ""
	}
	return s
}
