package engine_test

import (
	"testing"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

func TestElseTakesEveryOutcomeThatIsNotNamed(t *testing.T) {
	c := talk(t, "states:\n  talk:\n    run: emergency\n    with: {flag: nil}\n    on: {calm: calm, else: end}\n  calm:\n    say: Спокойно.\n")
	c.starts("visit").taps("Нет").hears("Спокойно.")
	c.starts("visit").taps("Да, сейчас").hears("Администратор уже видит.").stands("")
}

func TestAForkTakesItsFirstTrueWay(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Сколько?
    ask: n
    type: number
    next:
      n > 10: many
      n > 5: some
      else: few
  many:
    say: Много.
    next: end
  some:
    say: Средне.
    next: end
  few:
    say: Мало.
`)
	for text, want := range map[string]string{"20": "Много.", "7": "Средне.", "1": "Мало."} {
		c.starts("visit").writes(text).hears(want)
	}
}

func TestAChoiceMayDependOnWhatIsKnown(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Что?\n    ask: what\n    choose:\n      mine:\n        label: Мои визиты\n        if: me.known\n      book: Запись\n")
	c.starts("visit").sees("Запись").writes("мои визиты").stands("visit.q")
	c.me.Known = true
	c.writes("ээ").sees("Мои визиты", "Запись").writes("мои визиты").tells("what", "mine")
}

func TestAReactionMayDependOnWhatIsKnown(t *testing.T) {
	heard := "everywhere: clinic\nreactions:\n  mine:\n    says: [мои визиты]\n    if: me.known\n    run: help\nunclear: {after: 3, run: operator}\nunknown: {run: welcome}\n"
	c := talk(t, twoQuestions, "dialogs/everywhere.yaml", heard)
	c.writes("мои визиты").hears("Здравствуйте!")
	c.me.Known = true
	c.writes("мои визиты").hears("Чем помочь?")
}

func TestAWaitingQuestionHearsItsWordsAndASharedPhone(t *testing.T) {
	talk(t, twoQuestions).starts("visit").starts("help").writes("завтра").hears("Насколько болит?").tells("day", "tomorrow")
	c := asking(t, "    ask: me.phone").starts("help").sends(channels.Incoming{Shared: &channels.Shared{Phone: "79123456789", Own: true}})
	if c.hears("Дальше."); c.me.Phone != "+79123456789" {
		t.Fatal("the phone was not remembered")
	}
}

func TestMoreAndDoneMayBeTyped(t *testing.T) {
	c := asking(t, "    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть\n      work: Работать")
	c.writes("работать").tells("a", []string{"work"})
	asking(t, "    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть").taps("Есть").writes("готово").tells("a", []string{"eat"})
}

func TestAStoryGoesOnAfterTheOperator(t *testing.T) {
	bot := dialogs.Bot
	c := called(t, asking(t, "    ask: a\n    type: story").writes("Болит зуб"))
	c.passes(time.Hour).must(engine.Input{Returned: &engine.Returned{Task: 2, Action: "desk.operator", Outcome: "closed", Owner: &bot}})
	c.hears("Дальше.").tells("a", &dialogs.StoryValue{Text: "Болит зуб"})
}

func TestALateAdditionFindsTheStoryWhereItWasGiven(t *testing.T) {
	c := talk(t, "states:\n  tell:\n    run: complaint\n  since:\n    say: Давно?\n    ask: since\n    choose:\n      days: Давно\n  told:\n    say: Записано «{story}».\n",
		"dialogs/complaint.yaml", "dialog: complaint\ntitle: Жалоба\ngives: [story]\nstates:\n  q:\n    say: Что?\n    ask: story\n    type: story\n")
	c.starts("visit").writes("зуб").passes(9 * time.Second).hears("Давно?")
	c.writes("и десна").hears("Учту и это.", "Давно?").taps("Давно").hears("Записано «зуб\nи десна».")
}

func TestWhatIsRememberedIsSeenAtOnce(t *testing.T) {
	c := talk(t, `
states:
  a:
    say: Вечером удобно?
    ask: contact.evening
  b:
    say: Дата рождения?
    ask: me.birth
  c:
    set: {me.phone: nil}
    say: "{me.birth}"
    next:
      contact.evening: d
      else: end
  d:
    say: Значит, вечером.
`)
	c.me.Phone = "+79123456789"
	c.starts("visit").writes("да").writes("12.05.1980").hears("12 мая 1980 года", "Значит, вечером.")
	if c.me.Birth != "1980-05-12" || c.me.Phone != "" {
		t.Fatalf("remembered %+v", c.me)
	}
}

func TestAnInnerDialogThatExpiresQuitsItsCaller(t *testing.T) {
	c := talk(t, "states:\n  run:\n    run: inner\n    on: {quit: left}\n  told:\n    say: Готово.\n    next: end\n  left:\n    say: Вернёмся позже.\n",
		"dialogs/inner.yaml", "dialog: inner\ntitle: Внутри\nexpires: 1h\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: text\n")
	c.starts("visit").passes(2 * time.Hour).hears("Вернёмся позже.").stands("")
}

func TestAnActionThatFailedIsTriedAgainWhenItsDialogIsStartedAgain(t *testing.T) {
	c := talk(t, "states:\n  book:\n    call: visit.book\n    on: {taken: end}\n  told:\n    say: Готово.\n")
	c.results["visit.book"] = []engine.Result{{Outcome: "failed"}, {Outcome: "booked"}}
	c.starts("visit").starts("visit").hears("Готово.")
}

func TestDialogsInsideDialogsMoveToANewRelease(t *testing.T) {
	inner := func(say string) string {
		return "dialog: inner\ntitle: Внутри\nends: [done, none]\ngives: [a]\nstates:\n  q:\n    say: " + say + "\n    ask: a\n    type: number\n    next:\n      a > 0: end\n      else: end none\n"
	}
	outer := func(say string) string {
		return "states:\n  run:\n    run: inner\n    on: {none: end}\n  told:\n    say: " + say + " {a}.\n"
	}
	c := talk(t, outer("Было"), "dialogs/inner.yaml", inner("Сколько?")).starts("visit")
	c.released(outer("Стало"), "dialogs/inner.yaml", inner("Сколько же?")).writes("5").hears("Стало 5.")
	c = talk(t, outer("Было"), "dialogs/inner.yaml", inner("Сколько?")).starts("visit")
	c.released(twoQuestions, "dialogs/inner.yaml", inner("Сколько?")).writes("5").hears("Прошло много времени, давайте начнём сначала.", "Когда вам удобно?")
}

func TestAQuestionWithoutWordsSaysWhatItWants(t *testing.T) {
	talk(t, "states:\n  q:\n    ask: a\n    type: number 0..10\n").starts("visit").hears("Напишите, пожалуйста, число от 0 до 10.")
}

func TestANumberIsThePositionOnlyWhereItIsNotTheAnswer(t *testing.T) {
	choose := "\n    choose:\n      other: Другое\n    on: {other: end_}"
	asking(t, "    ask: a\n    type: number 0..100"+choose).writes("1").tells("a", 1.0)
	asking(t, "    ask: a\n    type: number 5..100"+choose).writes("1").stands("visit.q")
	asking(t, "    ask: a\n    type: phone"+choose).writes("1").hears("Дальше.")
	asking(t, "    ask: a\n    type: text"+choose).writes("1").hears("Дальше.")
}
