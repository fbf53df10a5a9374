package engine_test

import (
	"testing"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

func TestIfAndElseChooseTheMessage(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Сколько?
    ask: n
    type: number
  told:
    say:
      - if: n > 10
        text: Много.
      - if: n < 0
        text: Меньше нуля.
      - else: Немного.
      - Вот и всё.
`)
	for text, want := range map[string]string{"20": "Много.", "-5": "Меньше нуля.", "5": "Немного."} {
		c.starts("visit").writes(text).hears(want, "Вот и всё.")
	}
}

func TestAMessageMayCountAndVary(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Сколько?
    ask: n
    type: number
  told:
    say:
      - count: n
        one: "{n} врач."
        few: "{n} врача."
        many: "{n} врачей."
      - test: ending
        a: Ждём.
        b: До встречи.
`, "journey.yaml", "journey: clinic\ntests:\n  ending: {variants: [a, b], goal: visit.booked, within: 7d}\ntimelines: {}\n")
	c.starts("visit").writes("1").hears("1 врач.", "Ждём.")
	c.starts("visit").writes("3").hears("3 врача.", "Ждём.")
	c.starts("visit").writes("5").hears("5 врачей.", "Ждём.")
}

func TestAMessageOfAnAdvertisingDialogIsOne(t *testing.T) {
	c := talk(t, "class: advertising\nstates:\n  a:\n    say: Скидка для вас.\n    ask: x\n    type: yesno\n").starts("visit")
	if c.last.Say[0].Class != dialogs.AdvertisingClass {
		t.Fatalf("sent as %s", c.last.Say[0].Class)
	}
	if c.writes("ээ").writes("отмена"); c.last.Say[0].Class != dialogs.ServiceClass {
		t.Fatalf("the engine's own words went as %s", c.last.Say[0].Class)
	}
}

func TestAFilesHangsOnItsMessage(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Документ?\n    ask: paper\n    type: file\n  back:\n    say:\n      - Получили.\n      - attach: paper\n").starts("visit")
	c.sends(channels.Incoming{Files: []channels.File{{Kind: channels.Document, Name: "x.pdf", Ref: "r"}}}).hears("Получили.", "")
	if files := c.last.Say[1].Files; len(files) != 1 || files[0].Ref != "r" {
		t.Fatalf("files %v", files)
	}
}

func TestALinkAnswersWhenItIsFollowedAndHasNoNumber(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Расскажете о нас?
    ask: place
    choose:
      maps:
        label: Карты
        link: "{clinic.site}"
      later: Позже
  told:
    say: Выбрано — {place}.
`)
	c.starts("visit").sees("Позже").writes("1").hears("Выбрано — later.")
	c.site = "https://maps.example"
	c.starts("visit").sees("Карты", "Позже").writes("1").hears("Выбрано — later.")
	c.starts("visit").taps("Карты").hears("Выбрано — maps.")
}

func TestTheLanguageChosenIsSpokenAtOnce(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Язык?\n    ask: contact.language\n    choose:\n      ru: Русский\n      en: English\n  hello:\n    say: Здравствуйте.\n",
		"locales/en.yaml", "visit.hello.say: {hash: x, other: Hello.}\n")
	c.contact.Language = ""
	c.starts("visit").hears("Язык?").taps("English").hears("Hello.")
	if c.last.Say[0].Language != "en" {
		t.Fatal("the channel does not know the language")
	}
	c.starts("visit").hears("Hello.")
}

func TestButtonsOfAnAnsweredQuestionAreClosed(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("помощь")
	if c.last.Closes != "" {
		t.Fatal("the question below still waits, its buttons stay")
	}
	if c.taps("Цены"); c.last.Closes != "key" {
		t.Fatal("the buttons of the answered question stay")
	}
	if c.writes("ээээ"); c.last.Closes != "key" {
		t.Fatal("the same question has buttons twice")
	}
}

func TestTheFunnelKnowsNoWordsOfAPatient(t *testing.T) {
	c := talk(t, "states:\n  a:\n    say: Имя?\n    ask: who\n    type: name\n  b:\n    say: Едем?\n    ask: go\n    choose:\n      yes: Да\n      no: Нет\n").starts("visit").writes("Анна")
	want := []engine.Event{
		{Name: "answer.understood", Task: 1, Dialog: "visit", State: "a"},
		{Name: "state.asked", Task: 1, Dialog: "visit", State: "b"},
	}
	if len(c.last.Events) != 2 || c.last.Events[0] != want[0] || c.last.Events[1] != want[1] {
		t.Fatalf("events %+v", c.last.Events)
	}
	if c.taps("Да"); c.last.Events[0].Value != "yes" || c.last.Events[1].Name != "dialog.ended" {
		t.Fatalf("events %+v", c.last.Events)
	}
	c = talk(t, "needs: [health]\nstates:\n  a:\n    say: Больно?\n    ask: hurts\n    type: yesno\n").starts("visit").writes("да")
	if c.last.Events[0].Value != "" {
		t.Fatal("the funnel knows of somebody's health")
	}
}
