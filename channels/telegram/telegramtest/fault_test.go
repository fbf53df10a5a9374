package telegramtest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"

	"github.com/go-telegram/bot"
)

// Each fault is what the real client makes of it, and tells whether the message was shown.
func TestEveryFault(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	b := clinic(t, s)
	p := s.Person(telegramtest.User{})
	var syntax *json.SyntaxError
	for _, c := range []struct {
		name  string
		fault telegramtest.Fault
		is    func(error) bool
		shown int
	}{
		{"429", telegramtest.Throttled(3 * time.Second), func(err error) bool {
			var many *bot.TooManyRequestsError
			return errors.As(err, &many) && many.RetryAfter == 3
		}, 0},
		{"403", telegramtest.Refused(403, "Forbidden: user is deactivated"), func(err error) bool { return errors.Is(err, bot.ErrorForbidden) }, 0},
		{"migrated", telegramtest.Migrated(-100), func(err error) bool {
			var moved *bot.MigrateError
			return errors.As(err, &moved) && moved.MigrateToChatID == -100
		}, 0},
		{"500", telegramtest.ServerError, func(err error) bool { return strings.Contains(err.Error(), "500") }, 0},
		{"a page", telegramtest.HTML, func(err error) bool { return errors.As(err, &syntax) }, 0},
		{"reset", telegramtest.Reset, func(err error) bool { return err != nil }, 0},
		{"half an answer", telegramtest.Half, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }, 1},
		{"reset after it was shown", telegramtest.ResetAfter, func(err error) bool { return err != nil }, 1},
	} {
		before := len(p.Shown())
		s.FailNext("sendMessage", 1, c.fault)
		_, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: p.ChatID(), Text: c.name})
		if err == nil || !c.is(err) {
			t.Errorf("%s: %v", c.name, err)
		}
		if shown := len(p.Shown()) - before; shown != c.shown {
			t.Errorf("%s: shown %d times, want %d", c.name, shown, c.shown)
		}
		if _, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: p.ChatID(), Text: c.name}); err != nil {
			t.Errorf("%s: the call after it: %v", c.name, err)
		}
	}
}

// A server that says nothing keeps the caller until it gives up.
func TestSilence(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	s.FailNext("", 1, telegramtest.Silence)
	client := http.Client{Timeout: 20 * time.Millisecond}
	if answer, err := client.Get(s.URL() + "/bot" + s.Token() + "/getMe"); err == nil {
		_ = answer.Body.Close()
		t.Error("it was answered")
	}
}

// The same seed has the same luck, and about as much of it as was asked for.
func TestTheDiceAreSeeded(t *testing.T) {
	luck := func(seed uint64) string {
		s := telegramtest.Start(t, telegramtest.Options{})
		p := s.Person(telegramtest.User{ID: 77})
		s.SetFaults(telegramtest.Faults{Throttled: 0.2, ServerError: 0.2, Seed: seed})
		var codes strings.Builder
		for range 100 {
			codes.WriteByte("0123456789"[call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "да"}).Code/100])
		}
		return codes.String()
	}
	first, again, other := luck(1), luck(1), luck(2)
	if first != again || first == other {
		t.Errorf("seed 1: %s and %s, seed 2: %s", first, again, other)
	}
	for _, code := range []string{"4", "5"} {
		if n := strings.Count(first, code); n < 8 || n > 35 {
			t.Errorf("%d of 100 calls failed with %s00, asked for 20", n, code)
		}
	}
}
