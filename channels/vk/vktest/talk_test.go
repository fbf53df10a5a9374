package vktest_test

import (
	"slices"
	"testing"

	"careline/channels/vk/vktest"
)

// A person starts the bot, presses a button, and sees the answer, the closed buttons and what was said over the chat.
func TestATalkWithTheRealClient(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	polls(t, s)
	p := s.Person(vktest.User{First: "Ольга"})
	p.StartBy("ad7", "vk_target")
	asked := read(t, p.Seat, "От ad7")
	if !slices.Equal(asked.Labels(), []string{"Да", "Нет"}) || !asked.ByBot() {
		t.Errorf("shown %+v", asked)
	}
	if _, err := p.Press(asked, "Может быть"); err == nil {
		t.Error("a button was pressed that is not there")
	}
	pressed, err := p.Press(asked, "Нет")
	if err != nil {
		t.Fatal(err)
	}
	read(t, p.Seat, `Вы выбрали "no"`)
	if toast, answered := s.Answer(pressed.Query); !answered || toast != "Принято" || s.Spinning() != 0 {
		t.Errorf("the press was answered %v with %q", answered, toast)
	}
	if _, err := p.Press(asked, "Нет"); err == nil {
		t.Error("closed buttons were pressed")
	}
	p.Write("+79990001122")
	read(t, p.Seat, "Вы сказали: +79990001122")
	if got := p.Shown(); !slices.Equal(got, []string{"Вам есть 18?", `Вы выбрали "no"`, "Вы сказали: +79990001122"}) {
		t.Errorf("shown %q", got)
	}
	if got := p.Snackbars(); !slices.Equal(got, []string{"Принято"}) {
		t.Errorf("over the chat %q", got)
	}
	if calls := s.Calls("messages.send"); len(calls) != 3 || calls[0].Params["random_id"] != "0" || calls[0].Params["access_token"] != "" {
		t.Errorf("recorded %+v", calls)
	}
}
