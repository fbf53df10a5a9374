package telegramtest_test

import (
	"slices"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// A person starts the bot, presses a button, and sees the answer, the closed buttons and what was said over the chat.
func TestATalkWithTheRealClient(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	polls(t, clinic(t, s))
	p := s.Person(telegramtest.User{First: "Ольга"})
	p.Start("vk_ad")
	asked := read(t, p.Seat, "Здравствуйте!")
	if asked.Text != "Здравствуйте! Вам <18?" || len(asked.Entities) != 1 || asked.Entities[0].Length != 13 {
		t.Errorf("shown %q with %+v", asked.Text, asked.Entities)
	}
	if !slices.Equal(asked.Labels(), []string{"Да", "Нет"}) {
		t.Errorf("buttons %q", asked.Labels())
	}
	if _, err := p.Press(asked, "Может быть"); err == nil {
		t.Error("a button was pressed that is not there")
	}
	pressed, err := p.Press(asked, "Нет")
	if err != nil {
		t.Fatal(err)
	}
	read(t, p.Seat, "Вы выбрали no")
	if toast, answered := s.Answer(pressed.Query); !answered || toast != "Принято" || s.Spinning() != 0 {
		t.Errorf("the press was answered %v with %q", answered, toast)
	}
	if _, err := p.Press(asked, "Нет"); err == nil {
		t.Error("closed buttons were pressed")
	}
	p.ShareContact("+79990001122")
	read(t, p.Seat, "Номер +79990001122")
	if got := p.Shown(); !slices.Equal(got, []string{"Здравствуйте! Вам <18?", "Вы выбрали no", "Номер +79990001122"}) {
		t.Errorf("shown %q", got)
	}
	if calls := s.Calls("sendMessage"); len(calls) != 3 || calls[0].Params["parse_mode"] != "HTML" {
		t.Errorf("recorded %+v", calls)
	}
}
