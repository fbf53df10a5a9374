package main

import (
	"context"
	"strings"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// The server is killed the moment an administrator presses «send». Nobody at the page does anything: it sends again until
// somebody confirms, and shows the answer as sent. The patient reads it; twice at most, for Telegram knows no repetition.
func TestAReplyOutlivesTheServer(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	s := serving(t, newClinic(t), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	maria := sits(t, s, "maria", "Мария")
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()

	anna := network.Person(telegramtest.User{First: "Анна"})
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("оператор")
	maria.hears("Wants a human")
	maria.opens("Wants a human")
	const text = "Слушаю вас, это Мария"
	maria.writes(text)
	maria.Get(`doc.getElementById("compose").requestSubmit()`)
	s.kill()
	s.begin()
	hear(ctx, t, anna.Seat, text)
	maria.Until(`doc.getElementById("words").value === ""`)
	maria.Shows("#chat-lines .said-line.human .delivery", "Sent")
	if n := strings.Count(strings.Join(anna.Shown(), "\n"), text); n > 2 {
		t.Errorf("she reads it %d times", n)
	}
	maria.Until(`[...doc.querySelectorAll("#chat-lines .said-line.human")].length === 1`)
	maria.stays()
}
