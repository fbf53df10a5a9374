package engine_test

import (
	"testing"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

const marks = "states:\n  q:\n    say: Чему мешает?\n    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть\n"

func TestMarkingAChoiceBelowEndsWhatStandsAbove(t *testing.T) {
	c := talk(t, marks).starts("visit")
	sleep := c.data("Спать")
	c.starts("help").presses(sleep).hears().stands("visit.q")
	if len(c.conv.Tasks) != 1 {
		t.Fatal("the dialog above should have ended")
	}
}

func TestBytesThatAreNoTextAreDropped(t *testing.T) {
	c := asking(t, "    ask: a\n    type: text").writes("до\x00 свидания\xff")
	c.tells("a", "до свидания")
}

func TestAButtonOfAnEarlierRunOfTheSameDialogIsClosed(t *testing.T) {
	c := talk(t, "states:\n  run:\n    run: inner\n    on: {again: run}\n", "dialogs/inner.yaml",
		"dialog: inner\ntitle: Внутри\nends: [done, again]\nstates:\n  q:\n    say: Ещё?\n    ask: a\n    choose:\n      yes: Да\n      no: Нет\n    on: {yes: end again}\n").starts("visit")
	first := c.data("Нет")
	c.taps("Да").hears("Ещё?").presses(first).hears("Этот вопрос уже закрыт.", "Ещё?").taps("Нет").stands("")
}

func TestADialogThatIsDismissedTakesNobodysChat(t *testing.T) {
	c := talk(t, twoQuestions, "dialogs/offer.yaml", "dialog: offer\ntitle: Предложение\non: {quit: human}\nstates:\n  q:\n    say: Интересно?\n    ask: a\n    type: yesno\n    next: end\n  human:\n    run: operator\n    on: {closed: end}\n").starts("visit")
	below := c.data("Завтра")
	c.starts("offer").presses(below).hears("Насколько болит?")
	if c.conv.Owner != dialogs.Bot {
		t.Fatal("the bot fell silent for a question that nobody saw")
	}
	c.starts("offer").writes("отмена").hears("Зову администратора.")
}

func TestAfterADialogExpiredTheQuestionBelowIsNotRepeated(t *testing.T) {
	c := talk(t, twoQuestions, "dialogs/offer.yaml", "dialog: offer\ntitle: Предложение\nexpires: 1h\nstates:\n  q:\n    say: Интересно?\n    ask: a\n    type: yesno\n").starts("visit")
	c.starts("offer").passes(2 * time.Hour).hears().stands("visit.when")
	c.writes("завтра").hears("Насколько болит?")
}

func TestADialogThatAsksWhenItExpiresWaitsOnceMore(t *testing.T) {
	c := talk(t, "expires: 1h\non: {expired: still}\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: text\n    next: end\n  still:\n    say: Вы ещё здесь?\n    ask: b\n    type: yesno\n")
	c.starts("visit").passes(65 * time.Minute).hears("Вы ещё здесь?").stands("visit.still")
	c.writes("да").stands("")
}

func TestAConversationMovesToAReleaseOnce(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").released(twoQuestions + "  bye:\n    say: До встречи.\n")
	for i, want := range []int{1, 0} {
		moved := 0
		for _, e := range c.writes("эээ").last.Events {
			if e.Name == "script.moved" {
				moved++
			}
		}
		if moved != want {
			t.Fatalf("input %d moved the conversation %d times", i+1, moved)
		}
	}
}

func TestATypoDoesNotHideARedFlag(t *testing.T) {
	talk(t, twoQuestions).starts("visit").writes("я задыхоюсь").stands("emergency.now")
}

func TestMissesAreCountedAnewAfterAHuman(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("эээ").writes("эээ").writes("эээ").hears("Зову администратора.")
	bot := dialogs.Bot
	c.must(engine.Input{Returned: &engine.Returned{Task: 2, Action: "desk.operator", Outcome: "closed", Owner: &bot}})
	c.writes("эээ").hears("Не разобрали ответ. Выберите, пожалуйста, один из вариантов.")
}

func TestOnlyTheConsentDialogIsPassedOverForAConsent(t *testing.T) {
	c := talk(t, "states:\n  run:\n    run: about\n    with: {kind: personal}\n", "dialogs/about.yaml", "dialog: about\ntitle: О данных\ntakes:\n  kind: personal | health\nstates:\n  told:\n    say: Мы бережём данные.\n")
	c.starts("visit").hears("Мы бережём данные.")
}

func TestAStartThatNamesNothingComesBackToWhatStands(t *testing.T) {
	c := talk(t, "takes:\n  kind: a | b = a\nstates:\n  q:\n    say: Вопрос?\n    ask: x\n    type: yesno\n")
	c.must(engine.Input{Start: &engine.Start{Dialog: "visit", With: map[string]any{"kind": "b"}}}).hears("Вопрос?")
	c.writes("а запишите меня").hears("Вопрос?")
	if len(c.conv.Tasks) != 1 || len(c.last.Ended) != 0 {
		t.Fatal("what stood was thrown away")
	}
}
