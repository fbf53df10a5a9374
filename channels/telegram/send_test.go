package telegram_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/telegram/telegramtest"
)

func choices(labels ...string) (made []channels.Choice) {
	for _, l := range labels {
		made = append(made, channels.Choice{Data: "q:" + l, Label: l})
	}
	return made
}

func TestTextsArriveAsWritten(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	const text = `<b>5 < 7 & 8</b> _*~[a](b)  «ёлка» https://clinic.example`
	s.send(t, p.Seat, channels.Outgoing{Text: text})
	call := s.server.Calls("sendMessage")[0].Params
	if got := p.Shown(); !slices.Equal(got, []string{text}) || call["parse_mode"] != "" || !strings.Contains(call["link_preview_options"], `"is_disabled":true`) {
		t.Errorf("shown %q by %v", got, call)
	}
}

func TestAPressIsStoredThenAnsweredAndItsButtonsAreClosed(t *testing.T) {
	for name, change := range modes {
		t.Run(name, func(t *testing.T) {
			s := open(t, change)
			p := s.server.Person(telegramtest.User{})
			asked := s.send(t, p.Seat, channels.Outgoing{Text: "Удобно?", Ask: channels.AskOne, Choices: choices("Да", "Нет")})
			pressed, err := p.Press(p.Messages()[0], "Нет")
			if err != nil {
				t.Fatal(err)
			}
			got := s.hears(t, 1)[0]
			if got.Choice != "q:Нет" || got.Text != "Нет" || got.From != s.address(p.Seat) || got.At.IsZero() {
				t.Errorf("the press arrived as %+v", got)
			}
			await(t, "the answer to the press", func() bool { _, answered := s.server.Answer(pressed.Query); return answered })
			s.send(t, p.Seat, channels.Outgoing{Text: "Хорошо", Closes: asked.ID})
			if labels := p.Messages()[0].Labels(); len(labels) != 0 {
				t.Errorf("the buttons %q stand still", labels)
			}
		})
	}
}

func TestAForgedPressIsPassedOnShort(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	p.PressData(1, strings.Repeat("ж", 50)+"\x00")
	s.inject(t, `{"callback_query":{"id":"77","from":{"id":42,"first_name":"А"},"data":"`+strings.Repeat("ж", 50)+`","message":{"message_id":3,"date":0,"chat":{"id":42,"type":"private"}}}}`)
	for _, got := range s.hears(t, 1) {
		if got.Choice != strings.Repeat("ж", 32) {
			t.Errorf("arrived with %q", got.Choice)
		}
	}
}

func TestOldButtonsAreNoReasonToFail(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	for name, receipt := range map[string]string{"gone": "99999", "not ours": "abc", "closed already": s.send(t, p.Seat, channels.Outgoing{Text: "без кнопок"}).ID} {
		if got := s.send(t, p.Seat, channels.Outgoing{Text: name, Closes: receipt}); got.ID == "" {
			t.Errorf("%s: no receipt", name)
		}
		s.send(t, p.Seat, channels.Outgoing{Closes: receipt})
	}
	s.server.FailNext("editMessageReplyMarkup", 1, telegramtest.ServerError)
	s.send(t, p.Seat, channels.Outgoing{Text: "важнее кнопок", Closes: "100"})
	s.server.FailNext("editMessageReplyMarkup", 1, telegramtest.ServerError)
	if failed := s.fails(t, p.Seat, channels.Outgoing{Closes: "100"}); failed.Kind != channels.Retry {
		t.Errorf("closing alone says %v", failed)
	}
	if got := len(p.Shown()); got != 5 {
		t.Errorf("%d messages are shown: %q", got, p.Shown())
	}
}

func TestMarksAreRedrawnInPlace(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	ask := channels.Outgoing{Text: "Что?", Ask: channels.AskSeveral, Choices: choices("Зубы", "Дёсны", "Готово")}
	receipt := s.send(t, p.Seat, ask)
	ask.Text, ask.Redraws = "", receipt.ID
	ask.Choices[1].Chosen = true
	for range 2 { // a press on a mark that stands changes nothing
		if again := s.send(t, p.Seat, ask); again != receipt {
			t.Errorf("redrawn as %v", again)
		}
	}
	if got := p.Messages(); len(got) != 1 || !slices.Equal(got[0].Labels(), []string{"☐ Зубы", "☑ Дёсны", "Готово"}) {
		t.Errorf("shown %+v", got)
	}
}

func TestButtonsThatAreRedrawnAsNoneGo(t *testing.T) {
	s := build(t)
	g := s.server.Group("Администраторы").Member(s.server.Person(telegramtest.User{}))
	card := s.send(t, g, channels.Outgoing{Text: "Заявка", Choices: choices("Взять", "Закрыть")})
	s.send(t, g, channels.Outgoing{Redraws: card.ID, Choices: choices("Вернуть боту")})
	if got := g.Messages(); len(got) != 1 || !slices.Equal(got[0].Labels(), []string{"Вернуть боту"}) {
		t.Errorf("shown %+v", got)
	}
	s.send(t, g, channels.Outgoing{Redraws: card.ID})
	if got := g.Messages(); len(got) != 1 || len(got[0].Labels()) != 0 {
		t.Errorf("shown %+v", got)
	}
}

// A hundred buttons fit under one message; the receipt names both, and closing closes both.
func TestButtonsOfSeveralPages(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	labels := strings.Split(strings.Repeat("10:00,", 129)+"10:00", ",")
	receipt := s.send(t, p.Seat, channels.Outgoing{Text: "Когда?", Ask: channels.AskOne, Choices: choices(labels...)})
	shown := p.Messages()
	if len(shown) != 2 || len(shown[0].Labels())+len(shown[1].Labels()) != 130 || strings.Count(receipt.ID, ",") != 1 {
		t.Fatalf("%d messages, receipt %q", len(shown), receipt.ID)
	}
	s.send(t, p.Seat, channels.Outgoing{Closes: receipt.ID})
	for _, m := range p.Messages() {
		if len(m.Labels()) != 0 {
			t.Errorf("message %d has its buttons still", m.ID)
		}
	}
}

func TestAKeyboardStandsUntilItWasUsed(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	s.send(t, p.Seat, channels.Outgoing{Text: "Ваш номер?", Ask: channels.AskPhone})
	if k := p.Keyboard(); k == nil || !k.OneTime || !k.Rows[0][0].Contact {
		t.Fatalf("the keyboard is %+v", k)
	}
	if _, err := p.PressAt(p.Messages()[0], 0); err != nil {
		t.Fatal(err)
	}
	if got := s.hears(t, 1)[0]; got.Shared == nil || !got.Shared.Own || got.Shared.Phone != p.Phone() {
		t.Errorf("arrived %+v", got)
	}
	s.send(t, p.Seat, channels.Outgoing{Text: "Спасибо!"})
	if k := p.Keyboard(); k != nil {
		t.Errorf("the keyboard stands still: %+v", k)
	}
}

// A message of three parts, of which the second failed, goes on with the second.
func TestWhatWentIsNotSentAgain(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	m := channels.Outgoing{Text: strings.TrimSpace(strings.Repeat("слово ", 1600))}
	s.server.FailNext("sendMessage", 1, telegramtest.Fault{})
	s.server.FailNext("sendMessage", 1, telegramtest.Throttled(7*time.Second))
	failed := s.fails(t, p.Seat, m)
	if failed.Kind != channels.Throttled || failed.RetryAfter != 7*time.Second || failed.Done != 1 {
		t.Fatalf("the second part failed with %+v", failed)
	}
	m.Done = failed.Done
	s.send(t, p.Seat, m)
	if got := p.Shown(); len(got) != 3 || strings.Join(got, " ") != m.Text {
		t.Errorf("shown %d parts", len(got))
	}
}

func TestALinkThatNoButtonOpensIsWritten(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	s.send(t, p.Seat, channels.Outgoing{Text: "Свяжитесь:", Choices: []channels.Choice{
		{Label: "Сайт", Link: "https://clinic.example"}, {Label: "Позвонить", Link: "tel:+74950000000"}, {Label: "Дома", Link: "http://localhost:8080/x"}, {Data: "no", Label: "Не надо"},
	}})
	got := p.Messages()[0]
	if got.Text != "Свяжитесь:\n\nПозвонить: tel:+74950000000\nДома: http://localhost:8080/x" || !slices.Equal(got.Labels(), []string{"Сайт", "Не надо"}) {
		t.Errorf("shown %q %q", got.Text, got.Labels())
	}
}

func TestPlaces(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	s.send(t, p.Seat, channels.Outgoing{Place: &channels.Place{Latitude: 55.5, Longitude: 37.5, Title: "Клиника", Address: "Ленина, 1"}})
	s.send(t, p.Seat, channels.Outgoing{Place: &channels.Place{Latitude: 55.5, Longitude: 37.5}})
	got := p.Messages()
	if got[0].Venue == nil || got[0].Venue.Title != "Клиника" || got[1].Venue != nil || got[1].Location == nil {
		t.Errorf("shown %+v", got)
	}
}

func TestTyping(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	if err := s.Typing(t.Context(), s.address(p.Seat)); err != nil || p.Typing() != 1 {
		t.Errorf("typing %d times, %v", p.Typing(), err)
	}
}
