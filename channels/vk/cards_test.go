package vk_test

import (
	"testing"

	"careline/channels"
	"careline/channels/vk"
)

// A clinic that wants no cards has buttons, with what the cards would say in the text.
func TestAClinicMayDoWithoutCards(t *testing.T) {
	s := open(t, func(o *vk.Options) { o.Cards = false })
	p := s.talking()
	m := channels.Outgoing{Key: "1", Text: "К кому?", Ask: channels.AskOne, Choices: choices("Иванова А. П.", "Петров И. С.")}
	m.Choices[0].About, m.Choices[1].About = "Терапевт, 12 лет", "Хирург, 20 лет"
	s.send(t, p.Seat, m)
	first := p.Messages()[0]
	if first.Template != nil || len(first.Labels()) != 2 {
		t.Errorf("shown %+v", first)
	}
}
