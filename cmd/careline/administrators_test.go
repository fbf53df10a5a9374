package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// A patient asks for a human in Telegram; the card stands in the administrators' group. The server is killed before
// anybody answers, and the answer still finds its way.
func TestAdministratorsAnswerInTheirTelegramGroup(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	group := network.Group("Администраторы")
	s := serving(t, clinicOfGroup(t, group), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()
	anna, maria := network.Person(telegramtest.User{}), group.Member(network.Person(telegramtest.User{First: "Мария", Last: "К."}))

	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("оператор")
	card := hear(ctx, t, maria, "🙋 Просят человека")
	for _, want := range []string{"Анна\nОтветить —", "Пишет: оператор", "Telegram"} {
		if !strings.Contains(card.Text, want) {
			t.Errorf("the card has no «%s»: %s", want, card.Text)
		}
	}
	maria.Write("/help") // what is answered after the card tells that the card is recorded
	hear(ctx, t, maria, "Здесь появляются записи")
	s.kill()
	s.start()
	maria.Write("кто возьмёт?")
	maria.Reply(card.ID, "Слушаю вас")
	hear(ctx, t, anna.Seat, "Слушаю вас")
	taken := sees(ctx, t, maria, card.ID, "✅ Мария К.", "Вернуть боту", "Закрыть")
	anna.SendPhoto([]byte("not really a photo"), "вот снимок")
	photo, err := maria.Await(ctx, func(m telegramtest.Message) bool { return strings.Contains(m.Caption, "вот снимок") })
	if err != nil {
		t.Fatalf("the photo does not come: %v; the group reads %q", err, maria.Shown())
	}
	maria.Reply(photo.ID, "Спасибо, посмотрим")
	hear(ctx, t, anna.Seat, "Спасибо, посмотрим")
	if _, err := maria.Press(taken, "Вернуть боту"); err != nil {
		t.Fatal(err)
	}
	sees(ctx, t, maria, card.ID, "🤖 Снова отвечает бот")
	hear(ctx, t, anna.Seat, "Снова на связи бот")
	if said := strings.Join(maria.Shown(), "\n"); strings.Contains(said, "Выберите") || strings.Contains(said, "согласие") {
		t.Errorf("the bot talks to the group:\n%s", said)
	}
}

// What the group missed while the bot was thrown out of it comes when it is let in again.
func TestAGroupThatThrewTheBotOutMissesNothing(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	group := network.Group("Администраторы")
	s := serving(t, clinicOfGroup(t, group), onTelegram(network)...)
	s.start()
	asked(t, network, s)
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()
	anna, admin := network.Person(telegramtest.User{}), network.Person(telegramtest.User{First: "Мария"})
	maria := group.Member(admin)

	group.Remove(admin)
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("оператор")
	eventually(t, "the card to be refused", func() bool { return strings.Contains(s.log.String(), "bot was kicked") })
	group.Add(admin)
	hear(ctx, t, maria, "🙋 Просят человека")
}

// A manager in a chat of their own hears what the administrators have not answered, and answers it there.
func TestAManagerAnswersFromTheirOwnTelegramChat(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	group := network.Group("Администраторы")
	anna, boss := network.Person(telegramtest.User{}), network.Person(telegramtest.User{First: "Шеф"})
	maria := group.Member(network.Person(telegramtest.User{First: "Мария"}))
	dir := clinicOfGroup(t, group)
	file := filepath.Join(dir, "careline.yaml")
	write(t, file, strings.NewReplacer("manager: []", fmt.Sprintf("manager: telegram:%d", boss.ChatID()), "escalate: 15m", "escalate: 1s", "alarm: 5m", "alarm: 1s").Replace(read(t, file)))
	s := serving(t, dir, onTelegram(network)...)
	s.start()
	asked(t, network, s)
	ctx, cancel := context.WithTimeout(t.Context(), 4*startWithin)
	defer cancel()

	boss.Start("") // or Telegram lets nobody write to them
	anna.Start("")
	press(ctx, t, anna.Seat, "согласие", "Даю согласие")
	hear(ctx, t, anna.Seat, "Чем помочь?")
	anna.Write("мне трудно дышать")
	press(ctx, t, anna.Seat, "Это происходит сейчас?", "Да, сейчас")
	card := hear(ctx, t, boss.Seat, "📣 Администраторы не ответили в срок")
	hear(ctx, t, maria, "📣 Никто не взял, сообщили руководителю")
	if !slices.Equal(card.Labels(), []string{"Беру", "Закрыть"}) {
		t.Errorf("the manager's card has %q", card.Labels())
	}
	boss.Write("/help") // what is answered after the card tells that the card is recorded
	hear(ctx, t, boss.Seat, "Здесь появляются записи")
	boss.Reply(card.ID, "Звоню вам")
	hear(ctx, t, anna.Seat, "Звоню вам")
	sees(ctx, t, boss.Seat, card.ID, "✅ Шеф", "Вернуть боту", "Закрыть")
	anna.Write("жду звонка")
	hear(ctx, t, boss.Seat, "жду звонка")
	if said := strings.Join(boss.Shown(), "\n"); strings.Contains(said, "согласие") {
		t.Errorf("the bot takes the manager for a patient:\n%s", said)
	}
}

// clinicOfGroup is a folder of a clinic whose administrators sit in the group.
func clinicOfGroup(t *testing.T, group *telegramtest.Group) string {
	t.Helper()
	return ofGroup(t, newClinic(t), group)
}

// ofGroup lets the administrators of the clinic in the folder sit in the group.
func ofGroup(t *testing.T, dir string, group *telegramtest.Group) string {
	t.Helper()
	file := filepath.Join(dir, "careline.yaml")
	text := read(t, file)
	changed := strings.Replace(text, "admins: []", fmt.Sprintf("admins: [telegram:%d]", group.ID()), 1)
	if changed == text {
		t.Fatal("careline.yaml names no chats of administrators")
	}
	write(t, file, changed)
	return dir
}

func hear(ctx context.Context, t *testing.T, p *telegramtest.Seat, words string) telegramtest.Message {
	t.Helper()
	m, err := p.AwaitText(ctx, words)
	if err != nil {
		t.Fatalf("«%s» does not come: %v; the chat reads %q", words, err, p.Shown())
	}
	return m
}

func press(ctx context.Context, t *testing.T, p *telegramtest.Seat, words, label string) {
	t.Helper()
	if _, err := p.Press(hear(ctx, t, p, words), label); err != nil {
		t.Fatal(err)
	}
}

// sees waits until the message has exactly these buttons.
func sees(ctx context.Context, t *testing.T, p *telegramtest.Seat, id int64, want ...string) telegramtest.Message {
	t.Helper()
	m, err := p.Await(ctx, func(m telegramtest.Message) bool { return m.ID == id && slices.Equal(m.Labels(), want) })
	if err != nil {
		t.Fatalf("the buttons do not become %q: %v", want, err)
	}
	return m
}
