// Package telegram is the channel to Telegram: long polling or a webhook, both at least once, and a lean way
// to send. It never writes a token, a name or a word of a patient into an error or a log.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"careline/channels"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Telegram is the channel; with a webhook it is its http.Handler too.
type Telegram struct {
	options Options
	caps    channels.Caps
	client  *client
	library *bot.Bot // for files
	rooms   *rooms
	running atomic.Pointer[running]
	health  health
	name    atomic.Pointer[string] // by which people find the bot; nil = not known yet
}

// running is one Run in webhook mode.
type running struct{ sink channels.Sink }

// New makes the channel. It calls nobody until Run or Send.
func New(o Options) (*Telegram, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	c, err := newClient(o.API, o.Token)
	if err != nil {
		return nil, err
	}
	library, err := bot.New(o.Token, bot.WithServerURL(o.API), bot.WithSkipGetMe(), bot.WithHTTPClient(fileWithin, c),
		bot.WithErrorsHandler(func(error) {})) // they are returned as well
	if err != nil {
		return nil, errors.New("the Telegram library refuses the token")
	}
	caps := channels.Known()["telegram"]
	caps.Rates = o.Rates
	return &Telegram{options: o, caps: caps, client: c, library: library, rooms: newRooms(o.Rooms)}, nil
}

// ID is "telegram".
func (t *Telegram) ID() channels.ID { return "telegram" }

// Caps are those of channels.Known, with the rates of the options.
func (t *Telegram) Caps() channels.Caps { return t.caps }

// Single: one process may poll; a webhook is every process's.
func (t *Telegram) Single() bool { return t.options.Mode == Poll }

// Typing shows «typing…» for some seconds.
func (t *Telegram) Typing(ctx context.Context, to channels.Address) error {
	chat, err := t.chat(to)
	if err != nil {
		return err
	}
	return t.client.call(ctx, "sendChatAction", &bot.SendChatActionParams{ChatID: chat, Action: models.ChatActionTyping}, nil)
}

// Group tells a group's chat from a person's: Telegram gives it a negative id.
func (t *Telegram) Group(chat string) bool { return strings.HasPrefix(chat, "-") }

// chat is the id that the network knows the address by.
func (t *Telegram) chat(to channels.Address) (int64, error) {
	id, err := parseChat(to.Chat)
	if to.Channel != t.ID() || err != nil {
		return 0, &channels.Error{Kind: channels.Rejected, Code: "address", Reason: "not an address of Telegram"}
	}
	return t.rooms.now(id), nil
}

// room is the settings' id of a room, by its address.
func room(a channels.Address) int64 {
	id, _ := parseChat(a.Chat) // 0 is no room
	return id
}

func parseChat(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id == 0 || strconv.FormatInt(id, 10) != s {
		return 0, fmt.Errorf("%q is no chat id", s)
	}
	return id, nil
}

var _ interface {
	channels.Channel
	channels.Typer
	channels.Pages
	channels.Single
	channels.Groups
	channels.Inviter
	channels.Introducer
	channels.Health
	channels.Adviser
} = (*Telegram)(nil)
