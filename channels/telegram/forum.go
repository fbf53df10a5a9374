package telegram

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// forum is what is known of a room: whether it has topics, and what we may do with them.
type forum struct {
	topics  bool
	manages bool // makes, renames, closes and reopens them
	deletes bool
	asked   time.Time
}

// learnAgain is how long that is believed: who turns topics on or off tells no bot.
const learnAgain = 10 * time.Minute

// forum of a room by the settings' id. An old answer is better than none.
func (t *Telegram) forum(ctx context.Context, room int64) (forum, error) {
	f, known := t.rooms.forum(room)
	if known && t.options.Now().Sub(f.asked) < learnAgain {
		return f, nil
	}
	if err := t.learn(ctx, room); err != nil && !known {
		return f, err
	}
	f, _ = t.rooms.forum(room)
	return f, nil
}

// learn asks what kind of group a room is, and for our rights in it.
func (t *Telegram) learn(ctx context.Context, room int64) error {
	var group chat
	at := t.rooms.now(room)
	if err := t.client.call(ctx, "getChat", &bot.GetChatParams{ChatID: at}, &group); err != nil {
		return err
	}
	f := forum{topics: group.Forum, asked: t.options.Now()}
	if f.topics {
		var we struct {
			Status  models.ChatMemberType `json:"status"`
			Topics  bool                  `json:"can_manage_topics"`
			Deletes bool                  `json:"can_delete_messages"`
		}
		if err := t.client.call(ctx, "getChatMember", &bot.GetChatMemberParams{ChatID: at, UserID: t.self()}, &we); err != nil {
			return err
		}
		administers := we.Status == models.ChatMemberTypeAdministrator
		f.manages, f.deletes = administers && we.Topics, administers && we.Deletes
	}
	if before := t.rooms.learn(room, f); f.topics && !f.manages && (!before.topics || before.manages) {
		t.options.Log.WarnContext(ctx, withoutRight, "chat", room)
	}
	return nil
}

const withoutRight = "the Telegram group has topics, but the bot may not manage them, so everything stands in General: " +
	"make the bot an administrator of the group with the right «Manage topics»"

// Advice tells of rooms with topics that the bot may not manage.
func (t *Telegram) Advice() []string {
	if slices.ContainsFunc(t.rooms.forums(), func(f forum) bool { return f.topics && !f.manages }) {
		return []string{withoutRight}
	}
	return nil
}

// self is the bot's own id, which its token begins with.
func (t *Telegram) self() int64 {
	digits, _, _ := strings.Cut(t.options.Token, ":")
	id, _ := strconv.ParseInt(digits, 10, 64) // checked by the options
	return id
}
