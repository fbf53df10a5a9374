package telegram

import (
	"context"

	"github.com/go-telegram/bot/models"
)

// Introduce learns by which name people find the bot, and says so once, so that a token of another bot is noticed.
func (t *Telegram) Introduce(ctx context.Context) {
	if t.name.Load() != nil {
		return
	}
	var me models.User
	err := t.insist(ctx, always, func() error { return t.client.call(ctx, "getMe", struct{}{}, &me) })
	if err == nil && t.name.Swap(&me.Username) == nil {
		t.options.Log.InfoContext(ctx, "telegram bot", "link", "https://t.me/"+me.Username)
	}
}

// Invite is a link that opens the bot's chat; the button «start» there brings the source. "" = the name is not known.
func (t *Telegram) Invite(source string) string {
	name := t.name.Load()
	if name == nil {
		return ""
	}
	return "https://t.me/" + *name + "?start=" + source
}
