package telegramtest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// clinic is a small bot on the real client: it greets, asks by buttons and repeats everything else.
func clinic(t *testing.T, s *telegramtest.Server) *bot.Bot {
	t.Helper()
	b, err := bot.New(s.Token(), bot.WithServerURL(s.URL()), bot.WithDefaultHandler(greet), bot.WithErrorsHandler(func(error) {}))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// polls lets the bot work until the test ends.
func polls(t *testing.T, b *bot.Bot) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { b.Start(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
}

func greet(ctx context.Context, b *bot.Bot, u *models.Update) {
	switch {
	case u.CallbackQuery != nil:
		q := u.CallbackQuery
		_, _ = b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: "Принято"})
		_, _ = b.EditMessageReplyMarkup(ctx, &bot.EditMessageReplyMarkupParams{ChatID: q.Message.Message.Chat.ID, MessageID: q.Message.Message.ID})
		_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: q.From.ID, Text: "Вы выбрали " + q.Data})
	case u.Message == nil:
	case strings.HasPrefix(u.Message.Text, "/start"):
		_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "<b>Здравствуйте!</b> Вам &lt;18?", ParseMode: models.ParseModeHTML,
			ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{
				{{Text: "Да", CallbackData: "yes"}, {Text: "Нет", CallbackData: "no"}},
			}}})
	case u.Message.Contact != nil:
		_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "Номер " + u.Message.Contact.PhoneNumber})
	default:
		_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "Вы сказали: " + u.Message.Text})
	}
}

// soon is patience enough for loopback.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func read(t *testing.T, p *telegramtest.Seat, piece string) telegramtest.Message {
	t.Helper()
	m, err := p.AwaitText(soon(t), piece)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
