package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
	"careline/store"
)

// A patient gives one of five in Telegram. The desk rings, an administrator answers from the page and hands the chat
// back, and the bot goes on in the dialog in which it stopped.
func TestALowRatingIsAnsweredFromTheDesk(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	s := serving(t, clinicAtOnce(t), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	maria := sits(t, s, "maria", "Мария")
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()

	anna := hasVisited(t, network, s)
	hear(ctx, t, anna.Seat, "от 1 до 5")
	anna.Write("1")
	hear(ctx, t, anna.Seat, "Что пошло не так?")
	anna.Write("Ждала полчаса <b>под дверью</b>")
	hear(ctx, t, anna.Seat, "Администратор уже читает")

	maria.hears("Low rating")
	maria.opens("Low rating")
	maria.reads("Ждала полчаса <b>под дверью</b>")
	maria.answers("Простите нас. Позвоню вам сейчас")
	hear(ctx, t, anna.Seat, "Простите нас. Позвоню вам сейчас")
	anna.Write("Хорошо, жду")
	maria.reads("Хорошо, жду")
	maria.Until(`!doc.title.startsWith("(")`)
	maria.handsBack()
	hear(ctx, t, anna.Seat, "Снова на связи бот")
	hear(ctx, t, anna.Seat, "дали нам возможность исправиться")
	maria.reads("дали нам возможность исправиться")
	maria.stays()
}

// hasVisited is a patient whom the server knows, and whose visit ends now.
func hasVisited(t *testing.T, network *telegramtest.Server, s *server) *guest {
	t.Helper()
	clinic, err := load(os.DirFS(s.dir), s.dir, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	d := &frontDesk{t: t, network: network, db: planned(clinic, openSQLite(t, s.dir))}
	g, now := &guest{Person: network.Person(telegramtest.User{First: "Анна"})}, time.Now().Truncate(time.Second)
	a := store.Appointment{
		ID: g.visit(), PatientID: g.patient(), ContactID: g.contact(), Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
		CreatedAt: now.Add(-48 * time.Hour), UpdatedAt: now, StatusAt: now,
	}
	noon := fmt.Sprintf("Etc/GMT%+d", now.UTC().Hour()-12)
	d.tx(func(tx store.Tx) error { return g.join(t, tx, noon, now.Add(-48*time.Hour)) })
	d.tx(func(tx store.Tx) error { return tx.Book(t.Context(), g.at(a, now.Add(-20*time.Minute)), now) })
	careline(t, s.dir, "", "visit", "done", g.visit()).well("fulfilled")
	return g
}

// Two administrators answer from two browsers at the same moment: one is heard; the other sees what was said, and
// keeps what they wrote.
func TestOfTwoAdministratorsOneIsHeard(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	s := serving(t, newClinic(t), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	both := []sitting{sits(t, s, "maria", "Мария"), sits(t, s, "olga", "Ольга")}
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()

	anna := network.Person(telegramtest.User{First: "Анна"})
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	press(ctx, t, anna.Seat, "Чем помочь?", "Записаться на приём")
	hear(ctx, t, anna.Seat, "Что вам нужно")
	anna.Write("оператор")

	texts := []string{"Здравствуйте, это Мария", "Здравствуйте, это Ольга"}
	for i, a := range both {
		a.hears("Wants a human")
		a.opens("Wants a human")
		a.writes(texts[i])
	}
	together := time.Now().Add(2 * time.Second)
	for _, a := range both {
		a.at(together)
	}
	first := 0
	if strings.Contains(hear(ctx, t, anna.Seat, "Здравствуйте, это").Text, "Ольга") {
		first = 1
	}
	second := both[1-first]
	second.Shows(".first-said blockquote", texts[first])
	second.Shows(".first-said", both[first].name)
	second.Until(fmt.Sprintf(`doc.getElementById("words").value === %q`, texts[1-first]))
	second.reads(texts[first])

	both[first].handsBack()
	hear(ctx, t, anna.Seat, "Снова на связи бот")
	again, err := anna.Await(ctx, func(m telegramtest.Message) bool {
		return strings.Contains(m.Text, "Что вам нужно") && len(m.Labels()) > 0
	})
	if err != nil {
		t.Fatalf("the bot does not go on: %v; the chat reads %q", err, anna.Shown())
	}
	if said := strings.Join(anna.Shown(), "\n"); strings.Contains(said, texts[1-first]) {
		t.Errorf("both are heard:\n%s", said)
	}
	second.Shows("#chat-turn", "The bot is talking")
	second.stays()
	if _, err := anna.Press(again, "Знаю услугу"); err != nil {
		t.Fatal(err)
	}
	hear(ctx, t, anna.Seat, "Выберите услугу")
}

// The browser and the administrators' group show one chat: what is said and done in one is there in the other.
func TestTheDeskAndTheGroupAreOneDesk(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	group := network.Group("Администраторы")
	s := serving(t, clinicOfGroup(t, group), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	maria := sits(t, s, "maria", "Мария")
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()

	anna, olga := network.Person(telegramtest.User{}), group.Member(network.Person(telegramtest.User{First: "Ольга", Last: "К."}))
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("оператор")
	card := hear(ctx, t, olga, "🙋 Просят человека")
	maria.hears("Wants a human")
	maria.opens("Wants a human")
	maria.answers("Слушаю вас, это Мария")
	hear(ctx, t, anna.Seat, "Слушаю вас, это Мария")
	taken := stands(ctx, t, olga, func(m telegramtest.Message) bool {
		return m.ID == card.ID && slices.Equal(m.Labels(), []string{"✅ Мария", "Вернуть боту", "Закрыть"})
	})
	stands(ctx, t, olga, func(m telegramtest.Message) bool {
		return strings.Contains(m.Words(), "Слушаю вас, это Мария")
	})

	anna.Write("Где вы находитесь?")
	maria.reads("Где вы находитесь?")
	at := hear(ctx, t, olga, "Где вы находитесь?")
	olga.Reply(at.ID, "Тверская, 1")
	hear(ctx, t, anna.Seat, "Тверская, 1")
	maria.reads("Тверская, 1")
	maria.Shows("#chat-lines .said-line .by", "Ольга К.")
	if _, err := olga.Press(taken, "Вернуть боту"); err != nil {
		t.Fatal(err)
	}
	hear(ctx, t, anna.Seat, "Снова на связи бот")
	maria.Shows("#chat-turn", "The bot is talking")
	sees(ctx, t, olga, card.ID, "🤖 Снова отвечает бот")
	maria.stays()
}

// stands waits until the chat has, or has had, such a message.
func stands(ctx context.Context, t *testing.T, p *telegramtest.Seat, match func(telegramtest.Message) bool) telegramtest.Message {
	t.Helper()
	m, err := p.After(ctx, 0, match)
	if err != nil {
		t.Fatalf("%v; the chat reads %q", err, p.Shown())
	}
	return m
}
