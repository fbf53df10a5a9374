package engine_test

import (
	"strings"
	"testing"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

// The rows of «Whose turn, whose answer», one test each.

const twoQuestions = `
states:
  when:
    say: Когда вам удобно?
    ask: day
    choose:
      today: Сегодня
      tomorrow: Завтра
  pain:
    say: Насколько болит?
    ask: pain
    type: number 0..10
  told:
    say: Записано.
`

func TestRow1RedFlagsAreHeardInAnyText(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("Я задыхаюсь!")
	c.hears("Позвоните 112 прямо сейчас.", "Это происходит сейчас?").stands("emergency.now")
	if c.calls[0].Name != "desk.task" {
		t.Fatal("the desk was not alarmed")
	}
	c.taps("Нет").hears("Вернёмся к нашему вопросу.", "Когда вам удобно?").sees("Сегодня", "Завтра")
	c.writes("не задыхаюсь").stands("visit.when")
}

func TestRow1ARedFlagInAStoryStaysInTheStory(t *testing.T) {
	c := asking(t, "    ask: a\n    type: story").writes("Болит зуб").writes("и я задыхаюсь").stands("emergency.now")
	c.taps("Нет").hears("Дальше.").tells("a", &dialogs.StoryValue{Text: "Болит зуб\nи я задыхаюсь"})
}

func TestRow2AnOperatorHearsWhatIsWrittenAndTheBotIsSilent(t *testing.T) {
	c := called(t, talk(t, twoQuestions).starts("visit"))
	c.writes("ау").hears()
	if len(c.last.Desk) != 1 || c.last.Desk[0].Text != "ау" {
		t.Fatalf("the desk heard %v", c.last.Desk)
	}
	c.writes("не могу дышать").hears().stands("operator.talk")
	if c.last.Desk[0].Flag != "breathing" {
		t.Fatal("the red flag did not reach the desk")
	}
	if !c.last.Wake.IsZero() {
		t.Fatal("nothing may happen by itself while a human speaks")
	}
	bot := dialogs.Bot
	c.must(engine.Input{Returned: &engine.Returned{Task: 2, Action: "desk.operator", Outcome: "returned", Owner: &bot}})
	c.hears("Снова на связи бот.", "Вернёмся к нашему вопросу.", "Когда вам удобно?")
}

// called is the chat after the person has asked for a human.
func called(t *testing.T, c *chat) *chat {
	t.Helper()
	return c.writes("оператор").hears("Зову администратора.")
}

func TestRow2AHumanWhoTookOverHandsBackWhereItStopped(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	c.conv.Owner = dialogs.Operator
	c.writes("завтра").hears().stands("visit.when")
	bot := dialogs.Bot
	c.must(engine.Input{Returned: &engine.Returned{Owner: &bot}}).hears("Вернёмся к нашему вопросу.", "Когда вам удобно?")
}

func TestRow3ATapBelongsToItsQuestion(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	old := c.data("Завтра")
	c.writes("помощь").stands("help.what")
	c.presses(old).hears("Насколько болит?").tells("day", "tomorrow") // the question below; «помощь» is over
	if len(c.conv.Tasks) != 1 {
		t.Fatal("the task above should have ended")
	}
	c.passes(time.Minute).presses(old).hears("Этот вопрос уже закрыт.", "Насколько болит?").stands("visit.pain")
}

func TestRow3ADoubleTapAnswersOnce(t *testing.T) {
	c := talk(t, "states:\n  a:\n    say: Раз?\n    ask: a\n    choose:\n      yes: Да\n  b:\n    say: Два?\n    ask: b\n    choose:\n      yes: Да\n").starts("visit")
	yes := c.data("Да")
	c.presses(yes).hears("Два?").presses(yes).hears().stands("visit.b")
	c.passes(time.Minute).presses(yes).hears("Этот вопрос уже закрыт.", "Два?").stands("visit.b")
}

func TestRow3AButtonOfAnEarlierRoundIsClosed(t *testing.T) {
	c := talk(t, "states:\n  a:\n    say: Ещё раз?\n    ask: a\n    choose:\n      yes: Да\n      no: Нет\n    on: {yes: a, no: end}\n").starts("visit")
	first := c.data("Нет")
	c.taps("Да").presses(first).hears("Этот вопрос уже закрыт.", "Ещё раз?").taps("Нет").stands("")
	c.presses(first).hears("Этот вопрос уже закрыт.")
}

func TestRow3ForgedButtonsAreClosed(t *testing.T) {
	for _, forged := range []string{"", "x", "1", "1....", "1.1.1", "2.1.1.abc.today", "1.1.1.abc.today", "1.zz.1.abc.today", "1.-1.-1.x.y",
		"1.99999999999999999999.1.a.b", "{\"command\":\"not_supported_button\"}", "\x00", strings.Repeat("1.", 500), "мимо"} {
		c := talk(t, twoQuestions).starts("visit")
		if forged == "" {
			forged = c.data("Завтра") + "x"
		}
		c.presses(forged).hears("Этот вопрос уже закрыт.", "Когда вам удобно?").stands("visit.when")
	}
}

func TestRow4TheOpenQuestionHearsItsWordsFirst(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Ждём вас?\n    ask: a\n    choose:\n      yes: Придём\n      no: Отменить\n").starts("visit")
	c.writes("хорошо").tells("a", "yes")
	c.writes("хорошо").hears("Всегда пожалуйста!")
}

func TestRow5ASayIsHeardBeforeFreeWords(t *testing.T) {
	asking(t, "    ask: a\n    type: text").writes("оператор").stands("operator.talk")
	asking(t, "    ask: a\n    type: text").writes("хочу оператор").tells("a", "хочу оператор")
	asking(t, "    ask: a\n    type: text").writes("/start").hears("Здравствуйте!", "Вернёмся к нашему вопросу.", "Вопрос?")
	asking(t, "    ask: a\n    type: text").writes("Спасибо!").hears("Всегда пожалуйста!").stands("visit.q")
}

func TestRow6FreeWordsBelongToTheQuestion(t *testing.T) {
	asking(t, "    ask: a\n    type: text").writes("запишите меня").tells("a", "запишите меня")
}

func TestRow7AlsoComesBeforeMentions(t *testing.T) {
	c := asking(t, "    ask: a\n    type: yesno\n    also: {wish: text}\n    on: {wish: end_}").writes("запишите меня")
	c.tells("wish", "запишите меня")
}

func TestRow8MentionsAreHeardInsideAMessage(t *testing.T) {
	c := talk(t, twoQuestions).starts("help").writes("а запишите меня лучше").hears("Когда вам удобно?").stands("visit.when")
	c.taps("Сегодня").taps("5").hears("Записано.", "Вернёмся к нашему вопросу.", "Чем помочь?")
}

func TestRow9TheNearestWaitingQuestionOfAClosedKind(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра").writes("помощь").stands("help.what")
	c.writes("семь").tells("pain", 7.0).hears("Записано.").stands("")
	c.starts("visit").taps("Завтра").writes("помощь").passes(25 * time.Hour)
	c.starts("help").writes("семь").hears("Не разобрали ответ. Выберите, пожалуйста, один из вариантов.")
}

func TestRow10ALateAdditionJoinsTheStory(t *testing.T) {
	c := talk(t, `
states:
  story:
    say: Что беспокоит?
    ask: story
    type: story
  since:
    say: Давно?
    ask: since
    choose:
      today: Сегодня
      days: Давно
`).starts("visit").writes("Болит зуб").passes(10 * time.Second).hears("Давно?")
	c.writes("и десна кровоточит").hears("Учту и это.", "Давно?").stands("visit.since").
		tells("story", &dialogs.StoryValue{Text: "Болит зуб\nи десна кровоточит"})
	c.passes(3 * time.Minute).writes("и вообще").hears("Не разобрали ответ. Выберите, пожалуйста, один из вариантов.")
}

func TestRow11ThreeMissesCallAHuman(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	retry := "Не разобрали ответ. Выберите, пожалуйста, один из вариантов."
	c.writes("эээ...").hears(retry).sees("Сегодня", "Завтра")
	c.sends(channels.Incoming{Other: "voice"}).hears(retry)
	c.writes("ну ээ").hears("Зову администратора.")
	if got := c.calls[0].With["reason"]; got != "unclear" {
		t.Fatalf("called with reason %v", got)
	}
}

func TestRow11AnUnclearAnswerMayHaveItsOwnWay(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Едем?\n    ask: a\n    choose:\n      go: Едем\n      stay: Дома\n    on: {unclear: other}\n    next: end\n  other:\n    say: Тогда позже.\n")
	c.starts("visit").writes("бур").writes("бур").writes("бур").hears("Тогда позже.")
}

func TestRow11WithoutAQuestionTheUnknownDialogStarts(t *testing.T) {
	talk(t, twoQuestions).writes("ваыва").hears("Чем помочь?").stands("help.what")
}

func TestAReactionThatNamesNoArgumentGoesOnWithTheDialogThatStands(t *testing.T) {
	c := talk(t, "takes:\n  for: me | other = me\nstates:\n  a:\n    say: Когда?\n    ask: a\n    choose:\n      yes: Завтра\n      no: Потом\n  told:\n    say: Записано, {for}.\n")
	c.must(engine.Input{Start: &engine.Start{Dialog: "visit", With: map[string]any{"for": "other"}, Origin: "test"}})
	c.writes("ну запишите же").hears("Когда?").taps("Завтра").hears("Записано, other.")
}

func TestAWrongNumberIsNoAdditionToTheStory(t *testing.T) {
	c := talk(t, "states:\n  story:\n    say: Что беспокоит?\n    ask: story\n    type: story\n  phone:\n    say: Ваш номер?\n    ask: phone\n    type: phone\n    retry: Не похоже на номер.\n")
	c.starts("visit").writes("Болит зуб").passes(10 * time.Second).hears("Ваш номер?")
	c.writes("12345").hears("Не похоже на номер.").stands("visit.phone")
}
