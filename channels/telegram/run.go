package telegram

import (
	"context"
	"errors"
	"math"
	"time"

	"careline/channels"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"golang.org/x/sync/errgroup"
)

// allowed are the kinds of update that are asked for.
var allowed = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
}

// Run receives until ctx ends: it polls, or registers the webhook and serves it.
func (t *Telegram) Run(ctx context.Context, in channels.Sink) error {
	t.health.runs(t.options.Now(), true)
	defer func() { t.health.runs(t.options.Now(), false) }()
	var g errgroup.Group
	g.Go(func() error {
		t.Introduce(ctx)
		t.writeMenu(ctx)
		return nil
	})
	g.Go(func() error {
		t.findRooms(ctx)
		if t.options.Mode == Webhook {
			return t.listen(ctx, in)
		}
		return t.poll(ctx, in)
	})
	return g.Wait()
}

// roomTries are few, for patients wait behind them; what they do not learn the next message does.
const roomTries = 5

// findRooms learns which rooms became supergroups while nobody listened, which have topics, and which the bot is not in.
func (t *Telegram) findRooms(ctx context.Context) {
	for _, id := range t.rooms.ids() {
		err := t.insist(ctx, roomTries, func() error {
			err := t.learn(ctx, id)
			t.health.received(t.options.Now(), err)
			return err
		})
		var moved *migrated
		if errors.As(err, &moved) {
			t.moved(id, moved.to)
		} else if err != nil && ctx.Err() == nil && channels.KindOf(err) != channels.Misconfigured { // that, the poll tells
			t.options.Log.WarnContext(ctx, "telegram group cannot be reached: add the bot to it", "chat", id, "error", err)
		}
	}
}

func (t *Telegram) moved(from, to int64) {
	if t.rooms.move(from, to) {
		t.options.Log.Warn("telegram group became a supergroup: write its new id in careline.yaml", "old", from, "new", to)
	}
}

// writeMenu sets the commands of private chats, in each language. The first language is everybody else's too.
func (t *Telegram) writeMenu(ctx context.Context) {
	for i, language := range t.options.Languages {
		codes := []string{language}
		if i == 0 {
			codes = []string{"", language}
		}
		for _, code := range codes {
			t.writeCommands(ctx, code, t.options.Menu[language])
		}
	}
}

func (t *Telegram) writeCommands(ctx context.Context, language string, menu []Command) {
	if len(menu) == 0 {
		return
	}
	params := &bot.SetMyCommandsParams{Scope: &models.BotCommandScopeAllPrivateChats{}, LanguageCode: language}
	for _, c := range menu {
		params.Commands = append(params.Commands, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	err := t.insist(ctx, always, func() error {
		_, err := t.library.SetMyCommands(ctx, params)
		return err
	})
	if err != nil && ctx.Err() == nil && channels.KindOf(err) != channels.Misconfigured { // the poll tells of a token
		t.options.Log.WarnContext(ctx, "telegram menu was refused", "language", language, "error", plain(err))
	}
}

const always = math.MaxInt

// insist repeats a call that failed on the way or came too fast, until it gets an answer, it has been tried most
// times, or ctx ends.
func (t *Telegram) insist(ctx context.Context, most int, call func() error) error {
	for tries := 0; ; tries++ {
		err := call()
		if kind := channels.KindOf(err); err == nil || isMigrated(err) || kind != channels.Retry && kind != channels.Throttled {
			return err
		}
		if tries+1 >= most || t.options.Pause(ctx, wait(err, tries)) != nil {
			return err
		}
	}
}

func isMigrated(err error) bool {
	var moved *migrated
	return errors.As(err, &moved)
}

const (
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Second
	revokedPause = time.Minute // the token is wrong until somebody writes another
)

// wait is how long to pause after a failure, the tries-th in a row from 0.
func wait(err error, tries int) time.Duration {
	var e *channels.Error
	if errors.As(err, &e) {
		switch e.Kind {
		case channels.Throttled:
			return e.RetryAfter
		case channels.Misconfigured:
			return revokedPause
		}
	}
	return min(firstPause<<min(tries, 10), longestPause)
}
