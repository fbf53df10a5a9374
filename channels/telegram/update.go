package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"careline/channels"

	"github.com/go-telegram/bot/models"
)

// received is an update that somebody has to hear of.
type received struct {
	in    channels.Incoming
	query string // to be answered, of a pressed button
}

// read converts one update; nil for one that nobody has to hear of. An update that the library cannot decode,
// such as one of a kind newer than it, is nothing that may stop the others: it is told by its kind.
func (t *Telegram) read(ctx context.Context, raw []byte) (*received, int64) {
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		return t.readBare(ctx, raw)
	}
	switch {
	case u.Message != nil:
		return t.message(u.ID, u.Message, false), u.ID
	case u.EditedMessage != nil:
		return t.message(u.ID, u.EditedMessage, true), u.ID
	case u.CallbackQuery != nil:
		return t.press(u.ID, u.CallbackQuery), u.ID
	case u.MyChatMember != nil:
		t.member(ctx, u.MyChatMember)
	}
	return nil, u.ID
}

// bare is what is the same in every update, however new.
type bare struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID      int          `json:"message_id"`
		Date    int          `json:"date"`
		Chat    models.Chat  `json:"chat"`
		From    *models.User `json:"from"`
		Text    string       `json:"text"`
		Caption string       `json:"caption"`
	} `json:"message"`
}

// readBare saves the words of what cannot be read; a person who sent none hears that we cannot read it.
func (t *Telegram) readBare(ctx context.Context, raw []byte) (*received, int64) {
	var u bare
	err := json.Unmarshal(raw, &u)
	t.options.Log.WarnContext(ctx, "telegram update cannot be read", "id", u.ID, "kind", kind(raw))
	if err != nil || u.Message == nil || u.Message.From == nil {
		return nil, u.ID
	}
	m := u.Message
	return t.message(u.ID, &models.Message{ID: m.ID, Date: m.Date, Chat: m.Chat, From: m.From, Text: m.Text, Caption: m.Caption}, false), u.ID
}

// kind is the name of what an update holds.
func kind(raw []byte) string {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	for name := range fields {
		if name != "update_id" {
			return name
		}
	}
	return "unknown"
}

// from is the address of a chat that is listened to: a person's own, or a room.
func (t *Telegram) from(chat *models.Chat) (channels.Address, bool) {
	id, listened := chat.ID, chat.Type == models.ChatTypePrivate
	if chat.Type == models.ChatTypeGroup || chat.Type == models.ChatTypeSupergroup {
		id, listened = t.rooms.named(chat.ID)
	}
	return channels.Address{Channel: t.ID(), Chat: strconv.FormatInt(id, 10)}, listened
}

// profile is what the network tells of a person. A patient is called by the first name; administrators are told
// apart by both.
func profile(u *models.User, chat *models.Chat) channels.Profile {
	language, _, _ := strings.Cut(u.LanguageCode, "-")
	name := u.FirstName
	if chat.Type != models.ChatTypePrivate {
		name += " " + u.LastName
	}
	return channels.Profile{Name: clean(name), Language: language}
}

// press is a pressed button. Data may be forged; who reads it decides what it means.
func (t *Telegram) press(id int64, q *models.CallbackQuery) *received {
	var chat *models.Chat
	var label string
	switch {
	case q.Message.Message != nil:
		chat, label = &q.Message.Message.Chat, labelOf(q.Message.Message.ReplyMarkup, q.Data)
	case q.Message.InaccessibleMessage != nil:
		chat = &q.Message.InaccessibleMessage.Chat
	default:
		return nil
	}
	from, listened := t.from(chat)
	if !listened || q.From.IsBot || q.Data == "" {
		return nil
	}
	return &received{query: q.ID, in: channels.Incoming{
		From: from, ID: strconv.FormatInt(id, 10), At: t.options.Now(), Text: label, Choice: cut(clean(q.Data), maxData), Profile: profile(&q.From, chat),
	}}
}

const maxData = 64 // bytes

func labelOf(markup *models.InlineKeyboardMarkup, data string) string {
	if markup == nil {
		return ""
	}
	for _, row := range markup.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData == data {
				return b.Text
			}
		}
	}
	return ""
}

// member tells who sets the administrators' group up what its id is. That a person blocked us the next Send says.
func (t *Telegram) member(ctx context.Context, m *models.ChatMemberUpdated) {
	if _, listened := t.from(&m.Chat); !listened && m.Chat.Type != models.ChatTypeChannel {
		t.options.Log.InfoContext(ctx, "telegram bot was added to or removed from a group that is not listened to", "chat", m.Chat.ID)
	}
}

func at(seconds int) time.Time { return time.Unix(int64(seconds), 0).UTC() }
