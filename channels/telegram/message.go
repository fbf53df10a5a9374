package telegram

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot/models"
)

// message is what a person wrote or sent; nil for what is not from a person or not listened to.
func (t *Telegram) message(m *message, raw func() []byte) *received {
	switch {
	case m.MigrateTo != 0:
		t.moved(m.Chat.ID, m.MigrateTo)
		return nil
	case m.MigrateFrom != 0:
		t.moved(m.MigrateFrom, m.Chat.ID)
		return nil
	}
	in, ok := t.said(m)
	if !ok {
		return nil
	}
	if in.Turned = m.turned(); in.Turned != "" {
		return &received{in: in, topic: m.topic()}
	}
	attach(&in, m)
	if in.Text == "" && in.Files == nil && in.Shared == nil && in.Place == nil {
		if in.Other = other(raw()); in.Other == "" {
			return nil
		}
	}
	return &received{in: in, topic: t.addressed(m)}
}

// edited is a message whose words the person changed. A moving point on the map is no new words.
func (t *Telegram) edited(m *message) *received {
	in, ok := t.said(m)
	if !ok || in.Text == "" {
		return nil
	}
	in.Edited, in.At = true, time.Unix(m.EditDate, 0).UTC()
	return &received{in: in, topic: t.addressed(m)}
}

// said is who wrote which words where; false when nobody listens there or it was no person.
func (t *Telegram) said(m *message) (channels.Incoming, bool) {
	from, listened := t.from(m.Chat)
	if !listened {
		return channels.Incoming{}, false
	}
	name, person := author(m)
	in := channels.Incoming{From: from, At: time.Unix(m.Date, 0).UTC(), Profile: name}
	in.Text, in.Source = words(m.Text + m.Caption)
	if m.ReplyTo != nil && m.ReplyTo.ID != m.topic() { // in a topic every message answers its first, or one of its own
		in.ReplyTo = strconv.Itoa(m.ReplyTo.ID)
	}
	return in, person
}

// author is who wrote; an administrator may write in the name of the group.
func author(m *message) (channels.Profile, bool) {
	switch {
	case m.From == nil:
		return channels.Profile{}, false
	case m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID:
		return channels.Profile{Name: wire.Clean(m.Signature)}, true
	}
	return profile(m.From, m.Chat), !m.From.IsBot && m.SenderChat == nil
}

// profile is what the network tells of a person. A patient is called by the first name; administrators are told
// apart by both.
func profile(u *models.User, c chat) channels.Profile {
	language, _, _ := strings.Cut(u.LanguageCode, "-")
	name := u.FirstName
	if c.Type != models.ChatTypePrivate {
		name += " " + u.LastName
	}
	return channels.Profile{Name: wire.Clean(name), Language: wire.Cut(wire.Clean(language), 3)}
}

var sourceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// words takes the bot's name off a command, and the deep-link parameter off /start.
func words(text string) (said, source string) {
	said = wire.Clean(text)
	if !strings.HasPrefix(said, "/") {
		return said, ""
	}
	command, rest, _ := strings.Cut(said, " ")
	command, _, _ = strings.Cut(command, "@")
	if command != "/start" {
		return strings.TrimSpace(command + " " + rest), ""
	}
	if rest = strings.TrimSpace(rest); sourceShape.MatchString(rest) {
		source = rest
	}
	return command, source
}
