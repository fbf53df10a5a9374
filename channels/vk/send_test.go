package vk_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/vk/vktest"
)

func choices(labels ...string) []channels.Choice {
	made := make([]channels.Choice, len(labels))
	for i, l := range labels {
		made[i] = channels.Choice{Data: "q:" + strconv.Itoa(i), Label: l}
	}
	return made
}

// talking is a person who has let us write.
func (s *stage) talking() *vktest.Person {
	p := s.server.Person(vktest.User{})
	p.Allow("")
	return p
}

func TestButtonsArePressedAndClosed(t *testing.T) {
	s := open(t)
	p := s.talking()
	asked := s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "Вам удобно?", Ask: channels.AskOne, Choices: choices("Да", "Нет")})
	pressed, err := p.Press(p.Messages()[0], "Нет")
	if err != nil {
		t.Fatal(err)
	}
	got := s.hears(t, 2)[1]
	if got.Choice != "q:1" || got.Text != "Нет" || got.From != address(p.Seat) {
		t.Errorf("the press came as %+v", got)
	}
	await(t, "the spinner to stop", func() bool { return s.server.Spinning() == 0 })
	if toast, _ := s.server.Answer(pressed.Query); toast != "Нет" {
		t.Errorf("over the chat stands %q", toast)
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "2", Text: "Жаль", Closes: asked.ID})
	m := p.Messages()
	if len(m) != 2 || len(m[0].Buttons()) != 0 || m[0].Text != "Вам удобно?" || m[1].Text != "Жаль" {
		t.Errorf("shown %+v", m)
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "3", Closes: asked.ID}) // again, by the chat's history
	s.send(t, p.Seat, channels.Outgoing{Key: "4", Closes: "999"})
	if len(p.Shown()) != 2 {
		t.Errorf("shown %q", p.Shown())
	}
}

func TestAnOldProgramPressesByWords(t *testing.T) {
	s := open(t)
	p := s.talking()
	p.UseOldClient()
	s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "Вам удобно?", Ask: channels.AskOne, Choices: choices("Да", "Нет")})
	if _, err := p.Press(p.Messages()[0], "Да"); err != nil {
		t.Fatal(err)
	}
	if got := s.hears(t, 2)[1]; got.Choice != "q:0" || got.Text != "Да" {
		t.Errorf("the press came as %+v", got)
	}
}

func TestMarksAreRedrawn(t *testing.T) {
	s := build(t)
	p := s.talking()
	const question = `Что беспокоит? <2 дней> & "всё"`
	m := channels.Outgoing{Key: "1", Text: question, Ask: channels.AskSeveral, Choices: choices("Зуб", "Десна", "Щека", "Готово")}
	shown := s.send(t, p.Seat, m)
	m = channels.Outgoing{Key: "2", Ask: m.Ask, Choices: slices.Clone(m.Choices), Redraws: shown.ID}
	m.Choices[1].Chosen = true
	if again := s.send(t, p.Seat, m); again.ID != shown.ID {
		t.Errorf("redrawn %q has the id %q", shown.ID, again.ID)
	}
	s.VK = s.another(t, s.options) // which has not sent it
	m.Key, m.Choices[0].Chosen = "3", true
	s.send(t, p.Seat, m)
	all := p.Messages()
	if len(all) != 1 || all[0].Text != question || !slices.Equal(all[0].Labels(), []string{"☑ Зуб", "☑ Десна", "☐ Щека", "Готово"}) {
		t.Errorf("shown %+v", all)
	}
}

func TestAProgramWithoutCardsShowsButtons(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.UseOldClient()
	p.Write("Запишите меня")
	s.hears(t, 1)
	ask := channels.Outgoing{Key: "1", Text: "К кому записать?", Ask: channels.AskOne, Choices: []channels.Choice{
		{Data: "a", Label: "Иванов", About: "ЛОР, приём 2000 ₽"}, {Data: "b", Label: "Петрова", About: "Терапевт"},
	}}
	s.send(t, p.Seat, ask)
	s.VK = s.another(t, s.options) // which has not heard the person
	ask.Key = "2"
	s.send(t, p.Seat, ask)
	for _, m := range p.Messages()[1:] {
		if m.Template != nil || !slices.Equal(m.Labels(), []string{"Иванов", "Петрова"}) || !strings.Contains(m.Text, "приём 2000") {
			t.Errorf("shown %+v", m)
		}
	}
	if _, err := p.Press(p.Messages()[2], "Петрова"); err != nil {
		t.Fatal(err)
	}
	if got := s.hears(t, 2)[1]; got.Choice != "b" {
		t.Errorf("the press came as %+v", got)
	}
}

func TestPressesTellWhatWasPressedAndNothingSpins(t *testing.T) {
	s := open(t)
	p := s.talking()
	ours := func(label string) string { return fmt.Sprintf(`{"careline":"q:1","label":%q}`, label) }
	for payload, want := range map[string]string{
		ours("☐ Зуб"): "Зуб", ours("☑ Десна"): "Десна", ours(strings.Repeat("я", 91)): strings.Repeat("я", 90), ours(""): "",
		`{"careline":"q:1"}`: "", `{"button":"другой программы"}`: "", `не json`: "", `[]`: "", `{"command":"start"}`: "",
	} {
		pressed := p.PressData(1, payload)
		await(t, payload, func() bool { _, answered := s.server.Answer(pressed.Query); return answered })
		if toast, _ := s.server.Answer(pressed.Query); toast != want {
			t.Errorf("%s: over the chat stands %q, want %q", payload, toast, want)
		}
	}
	s.server.Group().Member(p).PressData(1, ours("Да"))
	await(t, "the spinner in a conversation of many to stop", func() bool { return s.server.Spinning() == 0 })
	s.hears(t, 6) // that we may write, and those of ours
}

func TestARepeatedSendIsKnownForAnHour(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	s := build(t)
	s.server = vktest.Start(t, vktest.Options{Now: func() time.Time { return now }})
	s.options.API = s.server.URL()
	s.VK = s.another(t, s.options)
	p := s.talking()
	for range 2 {
		s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "раз"})
		now = now.Add(59 * time.Minute)
	}
	if len(p.Shown()) != 1 {
		t.Errorf("shown %q", p.Shown())
	}
}

func TestManyButtonsTakeSeveralMessages(t *testing.T) {
	s := build(t)
	p := s.talking()
	var labels []string
	for i := range 23 {
		labels = append(labels, fmt.Sprintf("Слот %d", i))
	}
	shown := s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "Когда?", Ask: channels.AskOne, Choices: choices(labels...)})
	all := p.Messages()
	if len(all) != 3 || strings.Count(shown.ID, ",") != 2 {
		t.Fatalf("%d messages with the ids %q", len(all), shown.ID)
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "2", Text: "Хорошо", Closes: shown.ID})
	for _, m := range p.Messages() {
		if len(m.Buttons()) > 0 {
			t.Errorf("there are buttons still under %q", m.Text)
		}
	}
}

func TestLinksPlacesAndLongWords(t *testing.T) {
	s := build(t)
	p := s.talking()
	s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "Отзыв", Choices: []channels.Choice{
		{Label: "Яндекс", Link: "https://yandex.ru/maps"}, {Label: "Внутри", Link: "tel:+79990000000"},
	}})
	s.send(t, p.Seat, channels.Outgoing{Key: "2", Text: "Мы здесь", Place: &channels.Place{Latitude: 55.75, Longitude: 37.61, Title: "Клиника", Address: "Ленина, 1"}})
	s.send(t, p.Seat, channels.Outgoing{Key: "3", Text: strings.Repeat("Длинное слово. ", 400)})
	all := p.Messages()
	if b := all[0].Buttons(); len(b) != 1 || b[0].Action.Link != "https://yandex.ru/maps" || !strings.Contains(all[0].Text, "tel:+79990000000") {
		t.Errorf("links came as %+v", all[0])
	}
	if all[2].Geo == nil || all[2].Geo.Point.Latitude != 55.75 || all[2].Text != "Клиника\nЛенина, 1" {
		t.Errorf("the place came as %+v", all[2])
	}
	if len(all) != 5 {
		t.Errorf("%d messages", len(all))
	}
}

func TestPractitionersAreCards(t *testing.T) {
	s := open(t)
	p := s.talking()
	m := channels.Outgoing{Key: "1", Text: "К кому?", Ask: channels.AskOne, Choices: append(choices("Иванова А. П.", "Петров И. С."), channels.Choice{Data: "any", Label: "Любой"})}
	m.Choices[0].About, m.Choices[1].About = "Терапевт, 12 лет", "Хирург, 20 лет"
	shown := s.send(t, p.Seat, m)
	first := p.Messages()[0]
	if first.Template == nil || len(first.Template.Elements) != 2 || first.Template.Elements[1].Description != "Хирург, 20 лет" {
		t.Fatalf("shown %+v", first)
	}
	if _, err := p.PressAt(first, 1); err != nil {
		t.Fatal(err)
	}
	if got := s.hears(t, 2)[1]; got.Choice != "q:1" || got.Text != "Петров И. С." {
		t.Errorf("the press came as %+v", got)
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "2", Closes: shown.ID})
	for _, m := range p.Messages() {
		if len(m.Buttons()) > 0 || m.Text == "" {
			t.Errorf("closed, it is %+v", m)
		}
	}
}

func TestARepeatedSendShowsNothingTwice(t *testing.T) {
	s := build(t)
	p := s.talking()
	m := channels.Outgoing{Key: "visit-1", Text: "Ждём вас"}
	s.server.FailNext("messages.send", 1, vktest.ResetAfter)
	if e := s.fails(t, p.Seat, m); e.Kind != channels.Retry {
		t.Errorf("a lost answer is %v", e)
	}
	first, second := s.send(t, p.Seat, m), s.send(t, p.Seat, m)
	if len(p.Shown()) != 1 || first != second || first.ID == "" {
		t.Errorf("shown %q by %q and %q", p.Shown(), first.ID, second.ID)
	}
}

func TestAFailureTellsHowFarItCame(t *testing.T) {
	s := build(t)
	p := s.talking()
	m := channels.Outgoing{Key: "k", Text: "Приходите", Files: []channels.File{
		{Kind: channels.Document, Name: "а.txt", Data: []byte("а")}, {Kind: channels.Document, Name: "б.txt", Ref: "nowhere"},
	}}
	e := s.fails(t, p.Seat, m)
	if e.Kind != channels.Rejected || e.Done != 1 {
		t.Errorf("failed as %+v", e)
	}
}

func TestTyping(t *testing.T) {
	s := build(t)
	p := s.talking()
	if err := s.Typing(t.Context(), address(p.Seat)); err != nil || p.Typing() != 1 {
		t.Errorf("%v, shown %d times", err, p.Typing())
	}
}

func TestAnEndedSendIsNotMade(t *testing.T) {
	s := build(t)
	p := s.talking()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Send(ctx, address(p.Seat), channels.Outgoing{Key: "k", Text: "поздно"}); channels.KindOf(err) != channels.Retry {
		t.Errorf("it ended with %v", err)
	}
	if len(p.Shown()) > 0 {
		t.Errorf("shown %q", p.Shown())
	}
}
