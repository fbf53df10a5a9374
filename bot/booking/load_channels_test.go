package booking

import (
	"strings"
	"testing"

	"careline/channels"
)

func TestAClinicSaysHowItsMessengersSpeak(t *testing.T) {
	silent := clinic(t).Channels
	if want := (Messengers{WhatsApp{ColdPerDay: 50}, VK{Cards: true}}); silent != want {
		t.Errorf("unsaid it is %+v, want %+v", silent, want)
	}
	if silent.Caps("whatsapp").Polls != 0 || silent.Caps("vk").Cards == 0 || silent.Caps("telegram") != channels.Known()["telegram"] {
		t.Error("what was not said changes what a messenger shows")
	}
	said := clinic(t, "consents:\n", "channels:\n  whatsapp:\n    polls: yes\n    cold_per_day: 10\n  vk:\n    cards: no\nconsents:\n").Channels
	if want := (Messengers{WhatsApp{Polls: true, ColdPerDay: 10}, VK{}}); said != want {
		t.Errorf("read as %+v, want %+v", said, want)
	}
	if said.Caps("whatsapp").Polls == 0 || said.Caps("vk").Cards != 0 {
		t.Error("what was said does not change what a messenger shows")
	}
}

func TestMistakesInChannelsAreTold(t *testing.T) {
	for written, want := range map[string]string{
		"channels:\n  whatsap:\n    polls: yes\n":            "did you mean `whatsapp`",
		"channels:\n  whatsapp:\n    pols: yes\n":            "did you mean `polls`",
		"channels:\n  whatsapp:\n    polls: maybe\n":         "maybe",
		"channels:\n  whatsapp:\n    cold_per_day: many\n":   "cannot read «many» as a number",
		"channels:\n  whatsapp:\n    cold_per_day: 100000\n": "is not from 0 to 1000",
		"channels:\n  order: [viber]\n":                      "viber is no messenger",
		"channels:\n  order: [vk, vk]\n":                     "stands here twice",
		"channels:\n  vk: no\n":                              "`vk` must be keys",
	} {
		_, findings := load(strings.Replace(small, "consents:\n", written+"consents:\n", 1))
		if !strings.Contains(listing(findings), want) {
			t.Errorf("%s: %s", written, listing(findings))
		}
	}
}

func TestWordsThatNoCardHasRoomForAreWarnedOf(t *testing.T) {
	long := strings.Replace(small, "practitioners:\n", "practitioners:\n  long:\n    name: Вера Долгая\n    specialties: [dentist]\n    about: "+
		strings.Repeat("Лечит долго. ", 10)+"\n    works: {}\n", 1)
	for settings, warned := range map[string]bool{"": true, "channels:\n  vk:\n    cards: no\n": false} {
		_, findings := load(strings.Replace(long, "consents:\n", settings+"consents:\n", 1))
		if strings.Contains(listing(findings), "the card in VK shows 80") != warned || findings.Failed() {
			t.Errorf("%s%s", settings, listing(findings))
		}
	}
}
