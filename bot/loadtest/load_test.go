package loadtest

import (
	"context"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// answering lets a small bot on the real client answer each text by a function.
func answering(t *testing.T, s *telegramtest.Server, answer func(text string) []string) {
	t.Helper()
	b, err := bot.New(s.Token(), bot.WithServerURL(s.URL()), bot.WithErrorsHandler(func(error) {}), bot.WithNotAsyncHandlers(),
		bot.WithDefaultHandler(func(ctx context.Context, b *bot.Bot, u *models.Update) {
			var chat int64
			var said string
			switch {
			case u.CallbackQuery != nil:
				chat, said = u.CallbackQuery.From.ID, u.CallbackQuery.Data
			case u.Message.Contact != nil:
				chat, said = u.Message.Chat.ID, "phone"
			default:
				chat, said = u.Message.Chat.ID, u.Message.Text
			}
			for _, text := range answer(said) {
				text, buttons, _ := strings.Cut(text, " [")
				p := &bot.SendMessageParams{ChatID: chat, Text: text}
				if label := strings.TrimSuffix(buttons, "]"); label != "" {
					p.ReplyMarkup = &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: label, CallbackData: label}}}}
				}
				_, _ = b.SendMessage(ctx, p) // a patient who waits in vain tells
			}
		}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { b.Start(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
}

func polite(said string) []string {
	return map[string][]string{"/start": {"Здравствуйте!", "Записать? [Да, конечно]"}, "Да, конечно": {"Телефон?"}, "phone": {"Спасибо!"}}[said]
}

const talk = "text:/start => Здравствуйте & Записать\npress:~Да => Телефон\ncontact:{phone} => Спасибо"

// crowd walks the talk.
func crowd(t *testing.T, patience time.Duration, answer func(string) []string) *Outcome {
	t.Helper()
	s := telegramtest.Start(t, telegramtest.Options{})
	answering(t, s, answer)
	steps, err := ParseWalk(talk)
	if err != nil {
		t.Fatal(err)
	}
	return Load{Network: Telegram{s}, Walk: steps, Patients: 5, Concurrency: 3, Patience: patience, Think: time.Millisecond}.Run(t.Context())
}

func TestACrowdWalksToTheEnd(t *testing.T) {
	o := crowd(t, time.Minute, polite)
	if o.Steps() != 15 || len(o.Stuck()) != 0 || o.Repeated() != 0 || o.Disorder() != 0 {
		t.Errorf("%d steps, stuck %v, %d repeated, %d out of order", o.Steps(), o.Stuck(), o.Repeated(), o.Disorder())
	}
	if took := o.Latency(0, 0.5, 1); took[0] <= 0 || took[0] > took[1] || took[1] > took[2] || took[2] > o.Wall {
		t.Errorf("it took %v of %v", took, o.Wall)
	}
	if said := strings.Join(o.Patients[2].Said, ", "); said != "/start, Да, конечно, "+o.Patients[2].Phone() {
		t.Errorf("the third patient said %s", said)
	}
}

// Who pressed a button that a killed process showed again presses the right one as soon as it comes.
func TestAnOldButtonIsNotTheEnd(t *testing.T) {
	var pressed atomic.Int64
	o := crowd(t, time.Minute, func(said string) []string {
		if said == "Да, конечно" && pressed.Add(1) <= 5 {
			return []string{"Этот вопрос уже закрыт.", "Ещё раз: записать? [Да, конечно]"}
		}
		return polite(said)
	})
	if o.Steps() != 20 || len(o.Stuck()) != 0 {
		t.Errorf("%d steps, stuck %v", o.Steps(), o.Stuck())
	}
}

// What a bot may not do is seen: to say nothing, to say the same again, to say the second thing first.
func TestABotThatErrsIsFoundOut(t *testing.T) {
	for name, c := range map[string]struct {
		answer                    func(string) []string
		stuck, repeated, disorder int
	}{
		"says nothing": {func(said string) []string {
			if said == "phone" {
				return nil
			}
			return polite(said)
		}, 5, 0, 0},
		"says it twice": {func(said string) []string { return append(polite(said), polite(said)...) }, 0, 5 * 3, 0},
		"turns it round": {func(said string) []string {
			if said == "/start" {
				return []string{"Записать? [Да, конечно]", "Здравствуйте!"}
			}
			return polite(said)
		}, 0, 0, 5},
	} {
		patience := time.Minute
		if c.stuck > 0 {
			patience = 500 * time.Millisecond
		}
		o := crowd(t, patience, c.answer)
		if len(o.Stuck()) != c.stuck || o.Disorder() != c.disorder || o.Repeated() < c.repeated || (c.repeated == 0 && o.Repeated() > 0) {
			t.Errorf("a bot that %s: %d stuck, %d repeated, %d out of order: %v", name, len(o.Stuck()), o.Repeated(), o.Disorder(), o.Stuck())
		}
	}
}

// The meter sees the work of this very process.
func TestTheMeterMeasuresWork(t *testing.T) {
	m, begun := Watch(os.Getpid()), OwnCPU()
	for sum := 0; OwnCPU()-begun < 100*time.Millisecond; sum++ {
		_ = strings.Repeat("x", sum%1000)
	}
	if u := m.End(); u.CPU < 50*time.Millisecond || u.CPU > 10*time.Second || u.RSS < 1<<20 {
		t.Errorf("measured %+v", u)
	}
}

func TestTheTableHasOneLineForEachBot(t *testing.T) {
	var b strings.Builder
	r := Report{Name: "careline", Steps: 1000, Wall: 2 * time.Second, Bot: Usage{CPU: 300 * time.Millisecond, RSS: 50 << 20}, Database: Usage{CPU: 200 * time.Millisecond}}
	if err := Table(&b, []Report{r, {Name: "nobody"}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 3 || strings.Join(strings.Fields(lines[1])[:3], " ") != "careline 2000 500" || strings.Contains(b.String(), "NaN") {
		t.Errorf("%s", strings.Join(lines, "\n"))
	}
}
