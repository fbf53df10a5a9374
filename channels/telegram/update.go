package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot/models"
)

// update is what is read of an update. The library's type holds all that Telegram can say, takes five times as
// long, and refuses the whole update for a kind that is newer than it.
type update struct {
	ID      int64    `json:"update_id"`
	Message *message `json:"message"`
	Edited  *message `json:"edited_message"`
	Query   *query   `json:"callback_query"`
	Member  *member  `json:"my_chat_member"`
}

// message is what is read of a message.
type message struct {
	ID          int                `json:"message_id"`
	Date        int64              `json:"date"`
	EditDate    int64              `json:"edit_date"`
	Chat        chat               `json:"chat"`
	From        *models.User       `json:"from"`
	SenderChat  *chat              `json:"sender_chat"`
	Signature   string             `json:"author_signature"`
	ReplyTo     *replied           `json:"reply_to_message"`
	Thread      int                `json:"message_thread_id"`
	InTopic     bool               `json:"is_topic_message"`
	Closed      *struct{}          `json:"forum_topic_closed"`
	Reopened    *struct{}          `json:"forum_topic_reopened"`
	Text        string             `json:"text"`
	Caption     string             `json:"caption"`
	Photo       []models.PhotoSize `json:"photo"`
	Animation   *struct{}          `json:"animation"`
	Document    *models.Document   `json:"document"`
	Voice       *models.Voice      `json:"voice"`
	Video       *models.Video      `json:"video"`
	Audio       *models.Audio      `json:"audio"`
	Contact     *models.Contact    `json:"contact"`
	Venue       *models.Venue      `json:"venue"`
	Location    *models.Location   `json:"location"`
	MigrateTo   int64              `json:"migrate_to_chat_id"`
	MigrateFrom int64              `json:"migrate_from_chat_id"`
	Markup      struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	} `json:"reply_markup"`
}

// member is what became of the bot's place in a chat.
type member struct {
	Date int64 `json:"date"`
	Chat chat  `json:"chat"`
	New  struct {
		Status models.ChatMemberType `json:"status"`
	} `json:"new_chat_member"`
}

type chat struct {
	ID    int64           `json:"id"`
	Type  models.ChatType `json:"type"`
	Forum bool            `json:"is_forum"`
}

type replied struct {
	ID   int `json:"message_id"`
	From struct {
		ID int64 `json:"id"`
	} `json:"from"`
}

// query is a pressed button. Of an old message there is nothing but its chat and id.
type query struct {
	ID      string      `json:"id"`
	From    models.User `json:"from"`
	Message *message    `json:"message"`
	Data    string      `json:"data"`
}

// received is an update that somebody has to hear of.
type received struct {
	in    channels.Incoming
	query string // to be answered, of a pressed button
	topic int    // of a room, in which it was said; 0 = none
}

// convert is nil for an update that nobody has to hear of. It asks for the raw update only when nothing in it
// is known. It fails when it cannot be looked up what a topic is about.
func (t *Telegram) convert(ctx context.Context, u *update, raw func() []byte) (*received, error) {
	var r *received
	switch {
	case u.Message != nil:
		r = t.message(u.Message, raw)
	case u.Edited != nil:
		r = t.edited(u.Edited)
	case u.Query != nil:
		r = t.press(u.Query)
	case u.Member != nil:
		r = t.member(ctx, u.Member)
	default:
		t.options.Log.WarnContext(ctx, "telegram update of an unknown kind", "id", u.ID, "kind", kind(raw()))
	}
	if r == nil {
		return nil, nil
	}
	r.in.ID = strconv.FormatInt(u.ID, 10)
	if r.topic == 0 {
		return r, nil
	}
	var err error
	r.in.Topic, err = t.keyOf(ctx, r.in.From.Chat, r.topic)
	if err != nil || r.in.Turned != "" && r.in.Topic == "" {
		return nil, err
	}
	return r, nil
}

// kind is the name of what an update holds.
func kind(raw []byte) string {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	for name := range fields {
		if name != "update_id" {
			return wire.Cut(wire.Clean(name), 64)
		}
	}
	return "none"
}

// from is the address of a chat that is listened to: a person's own, or a room.
func (t *Telegram) from(c chat) (channels.Address, bool) {
	id, listened := c.ID, c.Type == models.ChatTypePrivate
	if c.Type == models.ChatTypeGroup || c.Type == models.ChatTypeSupergroup {
		if id, listened = t.rooms.named(c.ID); listened {
			t.rooms.shows(id, c.Forum)
		}
	}
	return channels.Address{Channel: t.ID(), Chat: strconv.FormatInt(id, 10)}, listened
}

// press is a pressed button. Data may be forged; who reads it decides what it means.
func (t *Telegram) press(q *query) *received {
	if q.Message == nil || q.Data == "" || q.From.IsBot {
		return nil
	}
	from, listened := t.from(q.Message.Chat)
	if !listened {
		return nil
	}
	return &received{query: q.ID, topic: q.Message.topic(), in: channels.Incoming{
		From: from, At: t.options.Now(), Text: q.Message.label(q.Data), Choice: wire.Cut(wire.Clean(q.Data), maxData), Profile: profile(&q.From, q.Message.Chat),
	}}
}

const maxData = 64 // bytes

// label is what stands on the button with the data.
func (m *message) label(data string) string {
	for _, row := range m.Markup.Rows {
		for _, b := range row {
			if b.Data == data {
				return wire.Clean(b.Text)
			}
		}
	}
	return ""
}

// member is a person who blocked the bot, or takes its messages again. Of a group it only tells who sets the
// administrators' chat up what its id is.
func (t *Telegram) member(ctx context.Context, m *member) *received {
	from, listened := t.from(m.Chat)
	switch {
	case !listened && m.Chat.Type != models.ChatTypeChannel:
		t.options.Log.InfoContext(ctx, "telegram bot was added to or removed from a group that is not listened to", "chat", m.Chat.ID)
		return nil
	case m.Chat.Type != models.ChatTypePrivate:
		t.rooms.unlearn(room(from)) // it may have other rights now
		return nil
	}
	in := channels.Incoming{From: from, At: time.Unix(m.Date, 0).UTC()}
	switch m.New.Status {
	case models.ChatMemberTypeBanned:
		in.Permit = channels.Denied
	case models.ChatMemberTypeMember:
		in.Permit = channels.Allowed
	default:
		return nil
	}
	return &received{in: in}
}
