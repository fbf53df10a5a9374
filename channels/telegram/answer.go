package telegram

import (
	"context"
	"sync"

	"github.com/go-telegram/bot"
)

const (
	answerAtOnce   = 16
	waitingAnswers = 1024
)

// answers takes the spinner off pressed buttons, behind the back of the poll and as well as it goes: a query
// that is too old or answered already is nothing, and so is one more than fits.
type answers chan string

func (a answers) add(query string) {
	if query == "" {
		return
	}
	select {
	case a <- query:
	default:
	}
}

// answering works until stop.
func (t *Telegram) answering(ctx context.Context) (a answers, stop func()) {
	a = make(answers, waitingAnswers)
	var workers sync.WaitGroup
	for range answerAtOnce {
		workers.Go(func() {
			for query := range a {
				_ = t.client.call(ctx, "answerCallbackQuery", &bot.AnswerCallbackQueryParams{CallbackQueryID: query}, nil)
			}
		})
	}
	return a, func() {
		close(a)
		workers.Wait()
	}
}
