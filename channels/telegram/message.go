package telegram

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"careline/channels"

	"github.com/go-telegram/bot/models"
)

// message is what a person wrote or sent; nil for what is not from a person or not listened to.
func (t *Telegram) message(id int64, m *models.Message, edited bool) *received {
	switch {
	case m.MigrateToChatID != 0:
		t.moved(m.Chat.ID, m.MigrateToChatID)
		return nil
	case m.MigrateFromChatID != 0:
		t.moved(m.MigrateFromChatID, m.Chat.ID)
		return nil
	}
	from, listened := t.from(&m.Chat)
	name, person := author(m)
	if !listened || !person {
		return nil
	}
	in := channels.Incoming{From: from, ID: strconv.FormatInt(id, 10), At: at(m.Date), Profile: name, Edited: edited}
	in.Text, in.Source = words(m.Text + m.Caption)
	if edited {
		in.At = at(m.EditDate)
		if in.Text == "" { // a moving point on the map is no new words
			return nil
		}
	}
	if m.ReplyToMessage != nil {
		in.ReplyTo = strconv.Itoa(m.ReplyToMessage.ID)
	}
	attach(&in, m)
	if in.Text == "" && in.Files == nil && in.Shared == nil && in.Place == nil {
		if in.Other = other(m); in.Other == "" {
			return nil
		}
	}
	return &received{in: in}
}

// author is who wrote; an administrator may write in the name of the group.
func author(m *models.Message) (channels.Profile, bool) {
	switch {
	case m.From == nil:
		return channels.Profile{}, false
	case m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID:
		return channels.Profile{Name: m.AuthorSignature}, true
	}
	return profile(m.From, &m.Chat), !m.From.IsBot && m.SenderChat == nil
}

var sourceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// words takes the bot's name off a command, and the deep-link parameter off /start.
func words(text string) (said, source string) {
	said = clean(text)
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

// clean drops what is no text.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

// cut shortens s to limit bytes between whole characters.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
