package whatsapptest

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// seal encrypts what changes or answers a message with that message's secret, which only its readers have. Votes are
// bound to their voter; nothing else is.
func seal(secret []byte, id, author, by, what string, m proto.Message, bound []byte) (body, iv []byte, err error) {
	if len(secret) == 0 {
		return nil, nil, errors.New("the message has no secret")
	}
	plain, err := proto.Marshal(m)
	if err != nil {
		return nil, nil, err
	}
	key, err := hkdf.Key(sha256.New, secret, nil, id+author+by+what, 32)
	if err != nil {
		return nil, nil, err
	}
	iv = random(12)
	return gcm(key).Seal(nil, iv, plain, bound), iv, nil
}

// WriteSecretly sends a text with a secret of its own, as newer phones do, so that EditSecretly can change it.
func (p *Seat) WriteSecretly(text string) Sent {
	return p.Send(&waE2E.Message{
		Conversation:       &text,
		MessageContextInfo: &waE2E.MessageContextInfo{MessageSecret: random(32)},
	})
}

// EditSecretly changes the words of a message that WriteSecretly sent, encrypted once more with its secret.
func (p *Seat) EditSecretly(message, text string) (Sent, error) {
	p.s.mu.Lock()
	key, at := p.key(message), p.s.o.Now().UnixMilli()
	was := p.chat.messages[message]
	p.s.mu.Unlock()
	if was == nil {
		return Sent{}, errors.New("no such message")
	}
	me := p.who.from().String()
	edit := &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Key: key, Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), TimestampMS: &at,
		EditedMessage: &waE2E.Message{Conversation: &text},
	}}
	body, iv, err := seal(was.Body.GetMessageContextInfo().GetMessageSecret(), message, me, me, "Message Edit", edit, nil)
	if err != nil {
		return Sent{}, err
	}
	p.s.mu.Lock()
	p.chat.change(p.s, message, func(m *Message) { m.Text, m.Edited = text, true })
	p.s.mu.Unlock()
	return p.tell(&waE2E.Message{SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{
		TargetMessageKey: key, EncPayload: body, EncIV: iv,
		SecretEncType: waE2E.SecretEncryptedMessage_MESSAGE_EDIT.Enum(),
	}}, ""), nil
}
