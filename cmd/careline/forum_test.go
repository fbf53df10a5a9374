package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// A patient gives one of five in Telegram. A topic appears in the administrators' forum; what is written there reaches
// the patient, the browser shows it all, and the bot goes on where it stopped when the button hands the chat back.
func TestALowRatingIsAnsweredInATopic(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	forum := network.Forum("Администраторы")
	s := serving(t, ofGroup(t, clinicAtOnce(t), forum), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	maria := sits(t, s, "maria", "Мария")
	ctx, cancel := context.WithTimeout(t.Context(), 6*startWithin)
	defer cancel()

	anna := hasVisited(t, network, s)
	olga := forum.Member(network.Person(telegramtest.User{First: "Ольга", Last: "К."}))
	hear(ctx, t, anna.Seat, "от 1 до 5")
	anna.Write("1")
	hear(ctx, t, anna.Seat, "Что пошло не так?")
	anna.Write("Ждала полчаса")
	hear(ctx, t, anna.Seat, "Администратор уже читает")

	maria.hears("Low rating")
	maria.opens("Low rating")
	card := standsIn(ctx, t, olga, "Низкая оценка")
	topic := olga.In(card.Thread)
	if title := titled(t, forum, card.Thread); !strings.HasPrefix(title, "⭐ ") {
		t.Errorf("the topic is called «%s»", title)
	}
	topic.Write("Простите нас. Позвоню вам сейчас")
	hear(ctx, t, anna.Seat, "Простите нас. Позвоню вам сейчас")
	maria.reads("Простите нас. Позвоню вам сейчас")
	maria.Shows("#chat-lines .said-line .by", "Ольга К.")
	stands(ctx, t, olga, func(m telegramtest.Message) bool {
		return m.ID == card.ID && slices.Equal(m.Labels(), []string{"✅ Ольга К.", "Вернуть боту", "Передать…", "Закрыть"})
	})
	eventually(t, "the topic to say whose it is", func() bool { return strings.HasSuffix(titled(t, forum, card.Thread), " · Ольга К.") })

	anna.Write("Хорошо, жду")
	if m := standsIn(ctx, t, olga, "Хорошо, жду"); m.Thread != card.Thread {
		t.Errorf("it stands in topic %d", m.Thread)
	}
	maria.answers("А я проверю запись")
	hear(ctx, t, anna.Seat, "А я проверю запись")
	if m := standsIn(ctx, t, olga, "А я проверю запись"); m.Thread != card.Thread {
		t.Errorf("it stands in topic %d", m.Thread)
	}
	mine := stands(ctx, t, olga, func(m telegramtest.Message) bool {
		return m.ID == card.ID && slices.Contains(m.Labels(), "✅ Мария")
	})
	if _, err := topic.Press(mine, "Вернуть боту"); err != nil {
		t.Fatal(err)
	}
	hear(ctx, t, anna.Seat, "Снова на связи бот")
	hear(ctx, t, anna.Seat, "дали нам возможность исправиться")
	maria.Shows("#chat-turn", "The bot is talking")
	eventually(t, "the topic to be closed", func() bool {
		t := forum.Topics()
		return len(t) == 1 && t[0].Closed && strings.HasPrefix(t[0].Title, "✔️ ")
	})
	maria.stays()
}

// The server is killed again and again between what is said in a topic and what comes of it. Every word arrives, in the
// topic, and nobody opens a second one.
func TestAForumLosesNothingWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	forum := network.Forum("Администраторы")
	s := serving(t, clinicOfGroup(t, forum), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	ctx, cancel := context.WithTimeout(t.Context(), 8*startWithin)
	defer cancel()
	anna, maria := network.Person(telegramtest.User{}), forum.Member(network.Person(telegramtest.User{First: "Мария"}))
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("оператор")
	topic := maria.In(standsIn(ctx, t, maria, "Просят человека").Thread)
	for i := range 3 {
		answer, question := fmt.Sprintf("ответ %d", i), fmt.Sprintf("вопрос %d", i)
		topic.Write(answer)
		s.kill()
		s.start()
		hear(ctx, t, anna.Seat, answer)
		anna.Write(question)
		if i == 1 {
			topic.CloseTopic() // while nobody listens it is only closed
			topic.ReopenTopic()
		}
		s.kill()
		s.start()
		if m := standsIn(ctx, t, maria, question); m.Thread != topic.Thread() {
			t.Errorf("«%s» stands in topic %d", question, m.Thread)
		}
	}
	if topics := forum.Topics(); len(topics) != 1 {
		t.Errorf("there are %d topics: %v", len(topics), topics)
	}

	// Without the right to manage them it is a group like others, and whoever asks is told what is missing.
	forum.Promote(anna, nil)
	anna.Write("вопрос без тем")
	if m := standsIn(ctx, t, maria, "вопрос без тем"); m.Thread != 0 {
		t.Errorf("it stands in topic %d", m.Thread)
	}
	health := command(t, s.dir, s.env, "health")
	if out, err := health.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "ready\nadvice: ") || !strings.Contains(string(out), "Manage topics") {
		t.Errorf("health: %v %s", err, out)
	}
}

// standsIn waits for the words anywhere in the forum.
func standsIn(ctx context.Context, t *testing.T, p *telegramtest.Seat, words string) telegramtest.Message {
	t.Helper()
	return stands(ctx, t, p, func(m telegramtest.Message) bool { return strings.Contains(m.Words(), words) })
}

func titled(t *testing.T, forum *telegramtest.Group, id int64) string {
	t.Helper()
	for _, topic := range forum.Topics() {
		if topic.ID == id {
			return topic.Title
		}
	}
	t.Fatalf("there is no topic %d: %v", id, forum.Topics())
	return ""
}
