package engine_test

import (
	"testing"
	"time"

	"careline/bot/engine"
)

// releases the scripts anew under a running chat.
func (c *chat) released(states string, more ...string) *chat {
	c.t.Helper()
	c.engine = talk(c.t, states, more...).engine
	return c
}

func TestTheSameQuestionGoesOnInANewRelease(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра")
	c.released(twoQuestions+"  bye:\n    say: До встречи.\n").writes("7").hears("Записано.", "До встречи.")
}

func TestARenamedStateIsFound(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	c.released("renamed: {when: day}\nstates:\n  day:\n    say: В какой день?\n    ask: day\n    choose:\n      today: Сегодня\n      tomorrow: Завтра\n")
	c.writes("завтра").tells("day", "tomorrow").stands("")
}

func TestADialogIsFoundByItsFormerName(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Раз?\n    ask: a\n    type: yesno\n", "dialogs/old.yaml", "dialog: old\ntitle: Старый\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: number\n").starts("old")
	c.released(twoQuestions, "dialogs/new.yaml", "dialog: new\ntitle: Новый\nformerly: old\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: number\n  told:\n    say: Спасибо.\n")
	c.writes("5").hears("Спасибо.")
}

func TestARemovedChoiceIsClosedAndARemovedAnswerDropped(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра").writes("назад")
	gone := c.data("Завтра")
	c.released("states:\n  when:\n    say: Когда вам удобно?\n    ask: time\n    choose:\n      today: Сегодня\n      never: Никогда\n  pain:\n    say: Насколько болит?\n    ask: pain\n    type: number 0..10\n")
	c.presses(gone).hears("Этот вопрос уже закрыт.", "Когда вам удобно?").sees("Сегодня", "Никогда")
	if len(c.conv.Tasks[0].Frames[0].Answers) != 0 {
		t.Fatal("an answer of the old script is left")
	}
}

func TestWithoutAPlaceToStandTheDialogBeginsAnew(t *testing.T) {
	for name, states := range map[string]string{
		"the state is gone":    "states:\n  other:\n    say: Другой вопрос?\n    ask: b\n    type: text\n",
		"another type":         "states:\n  first:\n    say: Другой вопрос?\n    ask: b\n    type: text\n  when:\n    say: Когда?\n    ask: day\n    type: date future\n",
		"no question any more": "states:\n  other:\n    say: Другой вопрос?\n    ask: b\n    type: text\n  when:\n    say: Просто слова.\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := talk(t, twoQuestions).starts("visit").released(states)
			c.writes("завтра").hears("Прошло много времени, давайте начнём сначала.", "Другой вопрос?")
			c.writes("слова").tells("b", "слова")
		})
	}
}

func TestADialogThatIsGoneLeavesNobodyStuck(t *testing.T) {
	old := "dialog: old\ntitle: Старый\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: number\n"
	c := talk(t, twoQuestions, "dialogs/old.yaml", old).starts("visit").starts("old")
	c.released(twoQuestions).writes("5").hears("Прошло много времени, давайте начнём сначала.", "Вернёмся к нашему вопросу.", "Когда вам удобно?")
	c = talk(t, twoQuestions, "dialogs/old.yaml", old).starts("old").starts("visit")
	c.released(twoQuestions).taps("Завтра").writes("5").hears("Записано.").stands("")
}

func TestATimerDoesNotSpeakOfANewRelease(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").released("states:\n  other:\n    say: Другой вопрос?\n    ask: b\n    type: text\n")
	c.now = c.now.Add(time.Hour)
	c.must(engine.Input{Timeout: &engine.Timeout{}}).hears().stands("")
}

func TestRedFlagsAreHeardWhileTheScriptChanges(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").released("states:\n  other:\n    say: Другой вопрос?\n    ask: b\n    type: text\n")
	c.writes("задыхаюсь").stands("emergency.now")
}
