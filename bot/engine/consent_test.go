package engine_test

import (
	"strings"
	"testing"
	"time"

	"careline/dialogs"
)

const aboutHealth = `
needs: [personal, health]
on: {no_consent: sorry}
states:
  story:
    say: Расскажите, что беспокоит.
    ask: story
    type: story
  told:
    say: Спасибо.
    next: end
  sorry:
    say: Тогда позвоните.
`

func newcomer(t *testing.T) *chat {
	c := talk(t, aboutHealth)
	c.consents = map[string]bool{}
	return c
}

func TestNothingIsAskedBeforeEachConsent(t *testing.T) {
	c := newcomer(t).starts("visit").hears("Согласны? https://clinic.example/personal").taps("Даю согласие")
	c.hears("Согласны? https://clinic.example/health").taps("Даю согласие").hears("Расскажите, что беспокоит.")
	c.writes("зуб").passes(10 * time.Second).hears("Спасибо.")
	c.starts("visit").hears("Расскажите, что беспокоит.")
}

func TestRefusalIsAnOutcome(t *testing.T) {
	c := newcomer(t).starts("visit").taps("Даю согласие").taps("Не даю").hears("Тогда позвоните.").stands("")
	c.starts("visit").hears("Согласны? https://clinic.example/health")
}

func TestAConsentThatWasGivenIsNotAskedForAgain(t *testing.T) {
	c := talk(t, "states:\n  consent:\n    run: consent\n    with: {kind: personal}\n    on: {refused: end}\n  told:\n    say: Дальше.\n")
	c.starts("visit").hears("Дальше.")
}

func TestFirstWordsBeginTheStoryOnceConsentIsThere(t *testing.T) {
	c := newcomer(t).writes("запишите, болит зуб под коронкой").hears("Что вы написали, запомню — вернёмся к этому сразу после согласия.", "Согласны? https://clinic.example/personal")
	if c.conv.Held == nil || strings.Contains(string(c.conv.Held.Sealed), "зуб") {
		t.Fatal("the words should be sealed")
	}
	c.writes("очень болит").taps("Даю согласие").taps("Даю согласие").hears("Что вы уже написали, помню. Если добавить нечего, напишите «всё».", "Расскажите, что беспокоит.")
	if c.conv.Held != nil {
		t.Fatal("the words should have moved into the story")
	}
	c.passes(time.Minute).hears().stands("visit.story")
	c.writes("уже неделю").passes(10*time.Second).hears("Спасибо.").
		tells("story", &dialogs.StoryValue{Text: "запишите, болит зуб под коронкой\nочень болит\nуже неделю"})
}

func TestFirstWordsAreDroppedOnRefusal(t *testing.T) {
	c := newcomer(t).writes("запишите, болит зуб").taps("Не даю")
	if c.conv.Held != nil {
		t.Fatal("kept without consent")
	}
}

func TestFirstWordsAreKeptForADayAtMost(t *testing.T) {
	c := newcomer(t).writes("запишите, болит зуб")
	c.passes(25 * time.Hour)
	if c.conv.Held != nil {
		t.Fatal("still kept")
	}
	c.taps("Даю согласие").taps("Даю согласие").hears("Расскажите, что беспокоит.")
	c.writes("спина").passes(10*time.Second).tells("story", &dialogs.StoryValue{Text: "спина"})
}

func TestRedFlagsAreHeardBeforeConsent(t *testing.T) {
	newcomer(t).writes("задыхаюсь").hears("Позвоните 112 прямо сейчас.", "Это происходит сейчас?")
}

func TestAWrongAnswerIsNoFirstWord(t *testing.T) {
	c := talk(t, "states:\n  a:\n    say: Сколько лет?\n    ask: a\n    type: number 0..120\n").starts("visit")
	c.consents = map[string]bool{"personal": true}
	c.writes("много").hears("Напишите, пожалуйста, число от 0 до 120.")
	if c.conv.Held != nil {
		t.Fatal("a wrong number was kept for the story")
	}
}

func TestAWaitingQuestionAboutAConsentPassesWhenItWasGivenElsewhere(t *testing.T) {
	c := talk(t, "states:\n  consent:\n    run: consent\n    with: {kind: personal}\n    on: {refused: end}\n  told:\n    say: Дальше.\n",
		"dialogs/other.yaml", "dialog: other\ntitle: Другое\nneeds: [personal]\nstates:\n  a:\n    say: Другое.\n")
	c.consents = map[string]bool{}
	c.starts("visit").hears("Согласны? https://clinic.example/personal").starts("other").hears("Согласны? https://clinic.example/personal")
	c.taps("Даю согласие").hears("Другое.", "Дальше.").stands("")
}
