package telegram

import (
	"encoding/json"
	"reflect"

	"github.com/go-telegram/bot/models"
)

// unknown is what a person sent that is newer than we are.
const unknown = "unknown"

// other names what a person sent that holds neither words nor a file. Empty: a note of Telegram's own, such as
// that a message was pinned.
func other(raw []byte) string {
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil || u.Message == nil {
		return unknown
	}
	m := u.Message
	for _, kind := range []struct {
		holds bool
		name  string
	}{
		{m.Sticker != nil, "sticker"}, {m.Animation != nil, "animation"}, {m.VideoNote != nil, "video_note"}, {m.Poll != nil, "poll"},
		{m.Dice != nil, "dice"}, {m.Game != nil, "game"}, {m.Story != nil, "story"}, {m.Checklist != nil, "checklist"},
		{m.LivePhoto != nil, "live_photo"}, {m.PaidMedia != nil, "paid_media"}, {m.RichMessage != nil, "rich_message"}, {isBare(m), unknown},
	} {
		if kind.holds {
			return kind.name
		}
	}
	return ""
}

// isBare tells that the library found nothing in m but who sent it where: its kind is newer than the library.
func isBare(m *models.Message) bool {
	rest := *m
	rest.ID, rest.Date, rest.From, rest.Chat, rest.ReplyToMessage, rest.ForwardOrigin = 0, 0, nil, models.Chat{}, nil, nil
	rest.MessageThreadID, rest.IsTopicMessage = 0, false
	return reflect.ValueOf(rest).IsZero()
}
