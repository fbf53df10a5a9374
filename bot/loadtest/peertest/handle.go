package peertest

import (
	"context"
	"log"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

type app struct{ db *database }

// handle takes one update: state in, step, answer, state out.
func (a *app) handle(ctx context.Context, b *bot.Bot, u *models.Update) {
	var chat int64
	var text, press, query string
	switch {
	case u.CallbackQuery != nil:
		chat, press, query = u.CallbackQuery.From.ID, u.CallbackQuery.Data, u.CallbackQuery.ID
	case u.Message != nil:
		chat, text = u.Message.Chat.ID, u.Message.Text
		if u.Message.Contact != nil {
			text = u.Message.Contact.PhoneNumber
		}
	default:
		return
	}
	s, err := a.db.load(ctx, chat)
	if err != nil {
		log.Print(err)
		return
	}
	if query != "" {
		_, _ = b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: query}) // it only spins a little longer
	}
	answer, keyboard, err := a.step(ctx, chat, s, text, press)
	if err == nil {
		_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: chat, Text: answer, ReplyMarkup: keyboard})
	}
	if err != nil {
		log.Print(err)
	}
	if err := a.db.save(ctx, chat, s); err != nil {
		log.Print(err)
	}
}
