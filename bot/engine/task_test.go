package engine_test

import (
	"testing"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

func TestADialogInsideADialogGivesItsAnswers(t *testing.T) {
	c := talk(t, `
states:
  pick:
    run: pick
    with: {kind: quick}
    on: {none: nothing, quit: left}
  told:
    say: Выбрано — {day}.
    next: end
  nothing:
    say: Ничего.
    next: end
  left:
    say: Ушли.
`, "dialogs/pick.yaml", `
dialog: pick
title: Выбор
takes:
  kind: quick | slow = slow
  note: text?
ends: [picked, none]
gives: [day]
states:
  q:
    if: kind == "quick" and note == nil
    say: Какой день?
    ask: day
    type: date future
    choose:
      none: Никакой
    on: {none: end none}
`)
	c.starts("visit").hears("Какой день?").writes("12.12.2026").hears("Выбрано — 12 декабря.")
	c.starts("visit").taps("Никакой").hears("Ничего.")
	c.starts("visit").writes("отмена").hears("Ушли.").stands("")
}

func TestCancelEndsTheWholeMatter(t *testing.T) {
	c := talk(t, "states:\n  run:\n    run: inner\n", "dialogs/inner.yaml", "dialog: inner\ntitle: Внутри\nstates:\n  q:\n    say: Вопрос?\n    ask: a\n    type: text\n")
	c.starts("help").starts("visit").writes("отмена").
		hears("Хорошо, остановимся на этом. Если понадобимся, просто напишите.", "Вернёмся к нашему вопросу.", "Чем помочь?")
	c.writes("отмена").stands("").writes("отмена").hears("Сейчас отменять нечего.")
	if len(c.last.Ended) != 0 {
		t.Fatal("nothing was there to end")
	}
}

func TestEndedTasksAreNamedSoThatHoldsAreFreed(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("отмена")
	if len(c.last.Ended) != 1 || c.last.Ended[0] != 1 {
		t.Fatalf("ended %v", c.last.Ended)
	}
}

func TestBackAsksThePreviousQuestion(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра").writes("назад").hears("Когда вам удобно?").stands("visit.when")
	c.writes("назад").hears("Вернуться дальше некуда.", "Когда вам удобно?")
	c.taps("Сегодня").hears("Насколько болит?")
}

func TestBackDoesNotCrossAnEffect(t *testing.T) {
	talk(t, `
states:
  a:
    say: Раз?
    ask: a
    type: text
  book:
    call: visit.book
    on: {taken: end}
  b:
    say: Два?
    ask: b
    type: text
`).starts("visit").writes("да вот").writes("назад").hears("Вернуться дальше некуда.", "Два?")
}

func TestADialogThatStandsAlreadyIsNotDoubled(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра").starts("help")
	c.starts("visit").hears("Насколько болит?").stands("visit.pain")
	if len(c.conv.Tasks) != 1 {
		t.Fatalf("%d tasks", len(c.conv.Tasks))
	}
}

func TestOtherArgumentsStartAnew(t *testing.T) {
	c := talk(t, "takes:\n  kind: a | b = a\nstates:\n  q:\n    say: Вопрос?\n    ask: x\n    type: text\n").starts("visit")
	c.must(engine.Input{Start: &engine.Start{Dialog: "visit", With: map[string]any{"kind": "b"}}}).hears("Вопрос?")
	if len(c.conv.Tasks) != 1 || c.last.Ended[0] != 1 {
		t.Fatalf("%d tasks, ended %v", len(c.conv.Tasks), c.last.Ended)
	}
}

func TestACommandShowsItsQuestionThoughItsDialogHasGoneOn(t *testing.T) {
	menu := "dialog: menu\ntitle: Меню\nstates:\n  q:\n    say: Меню.\n    ask: a\n    choose:\n      go: Запись\n  go:\n    run: visit\n"
	heard := "everywhere: clinic\nreactions:\n  menu:\n    says: [меню]\n    run: menu\nunclear: {after: 3, run: help}\nunknown: {run: help}\n"
	c := talk(t, twoQuestions, "dialogs/menu.yaml", menu, "dialogs/everywhere.yaml", heard)
	c.writes("меню").taps("Запись").hears("Когда вам удобно?")
	for range 5 {
		c.writes("меню").hears("Меню.").taps("Запись").hears("Когда вам удобно?")
	}
	if n := len(c.conv.Tasks); n != 2 {
		t.Fatalf("%d matters are stacked up", n)
	}
}

func TestAReminderGoesOnTopAndComesOffAgain(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").starts("help").hears("Чем помочь?")
	c.taps("Цены").hears("Расскажу.", "Вернёмся к нашему вопросу.", "Когда вам удобно?")
}

func TestNobodyIsRemindedOfAQuestionThatTheyLeftLongAgo(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("эээ").passes(2 * time.Hour)
	c.starts("welcome").hears("Здравствуйте!").stands("visit.when")
}

func TestSilenceIsAnOutcome(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Вы здесь?\n    ask: a\n    choose:\n      yes: Да\n    wait: 10m\n    on: {silence: gone}\n    next: end\n  gone:\n    say: Позвоним сами.\n")
	c.starts("visit").passes(9 * time.Minute).hears().passes(2 * time.Minute).hears("Позвоним сами.").stands("")
	c.starts("visit").passes(9 * time.Minute).writes("эээ").passes(9 * time.Minute).hears().passes(2 * time.Minute).hears("Позвоним сами.")
}

func TestADialogExpiresAfterThePersonsLastWord(t *testing.T) {
	states := "expires: 24h\non: {expired: gone}\nstates:\n  a:\n    say: Раз?\n    ask: a\n    type: text\n  b:\n    say: Два?\n    ask: b\n    type: text\n    \n  last:\n    next: end\n  gone:\n    say: Напомним позже.\n    call: desk.task\n    with: {kind: unfinished}\n"
	c := talk(t, states).starts("visit").passes(23 * time.Hour).writes("слово").hears("Два?")
	c.passes(23 * time.Hour).hears().passes(2 * time.Hour).hears("Напомним позже.").stands("")
	if len(c.calls) != 1 {
		t.Fatal("the edge for `expired` was not followed")
	}
}

func TestAMatterBelowExpiresWithoutAWord(t *testing.T) {
	states := "expires: 1h\non: {expired: gone}\nstates:\n  a:\n    say: Раз?\n    ask: a\n    type: text\n    next: end\n  gone:\n    say: Напомним позже.\n    call: desk.task\n    with: {kind: unfinished}\n"
	c := talk(t, states).starts("visit").starts("help").passes(50 * time.Minute)
	c.writes("эээ").passes(30 * time.Minute).hears()
	if len(c.calls) != 1 || len(c.conv.Tasks) != 1 {
		t.Fatalf("%d calls, %d tasks", len(c.calls), len(c.conv.Tasks))
	}
	c.writes("цены").hears("Расскажу.").stands("")
}

func TestSomebodyWhoComesBackAfterWeeksBeginsAfresh(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	old := c.data("Завтра")
	c.now = c.now.Add(21 * 24 * time.Hour) // the timer has not come first
	c.presses(old).hears("Этот вопрос уже закрыт.").stands("")
}

func TestAnActionThatAnswersLaterRestsTheDialog(t *testing.T) {
	c := called(t, talk(t, twoQuestions))
	bot := dialogs.Bot
	c.must(engine.Input{Returned: &engine.Returned{Task: 7, Action: "desk.operator", Outcome: "returned"}}).hears().stands("operator.talk")
	c.must(engine.Input{Returned: &engine.Returned{Task: 1, Action: "visit.book", Outcome: "booked"}}).hears().stands("operator.talk")
	c.must(engine.Input{Returned: &engine.Returned{Task: 1, Action: "desk.operator", Outcome: "closed", Owner: &bot}}).hears().stands("")
	c.must(engine.Input{Returned: &engine.Returned{Task: 1, Action: "desk.operator", Outcome: "closed"}}).hears().stands("")
}

func TestAnActionThatFailsCallsAHumanAndIsTriedAgain(t *testing.T) {
	c := talk(t, "states:\n  book:\n    call: visit.book\n    on: {taken: end}\n  done:\n    say: Готово.\n")
	c.results["visit.book"] = []engine.Result{{Outcome: "failed"}, {Outcome: "failed"}, {Outcome: "booked"}}
	c.starts("visit").hears("Что-то не получилось, администратор уже смотрит.").stands("visit.book")
	if len(c.calls) != 2 || c.calls[1].Name != "desk.task" || c.calls[1].With["kind"] != "failed" {
		t.Fatalf("calls %+v", c.calls)
	}
	c.writes("ну что там").hears("Что-то не получилось, администратор уже смотрит.").stands("visit.book")
	c.writes("ну что?").hears("Готово.").stands("")
	if len(c.calls) != 4 {
		t.Fatal("one failure makes one ticket")
	}
}

func TestANamedFailureHasItsWay(t *testing.T) {
	c := talk(t, "on: {failed: sorry}\nstates:\n  book:\n    call: visit.book\n    on: {taken: end}\n    next: end\n  sorry:\n    say: Простите.\n")
	c.results["visit.book"] = []engine.Result{{Outcome: "failed"}}
	c.starts("visit").hears("Простите.").stands("")
}

func TestAnActionMayCancelTheMatterBelow(t *testing.T) {
	c := talk(t, "states:\n  drop:\n    call: dialog.cancel\n  told:\n    say: Отменили.\n")
	c.results["dialog.cancel"] = []engine.Result{{Outcome: "done", Cancels: true}}
	c.starts("help").starts("visit").hears("Отменили.").stands("")
}

func TestErasingForgetsEverything(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Кто?\n    ask: who\n    type: name\n  erase:\n    call: privacy.erase\n  told:\n    say: Удалено[, {who}].\n    ask: more\n    type: text\n")
	c.results["privacy.erase"] = []engine.Result{{Outcome: "erased", Forgets: true}}
	c.starts("help").starts("visit").writes("Анна Петрова").hears("Удалено.")
	if len(c.conv.Tasks) != 1 || len(c.conv.Tasks[0].Frames[0].Answers) != 0 {
		t.Fatal("something was kept")
	}
}

func TestAnswersAreMarkedForTheDesk(t *testing.T) {
	c := talk(t, "needs: [personal, health]\nstates:\n  a:\n    say: Имя?\n    ask: who\n    type: name\n  b:\n    say: Что?\n    ask: what\n    type: text\n  c:\n    say: Да?\n    ask: sure\n    type: yesno\n")
	marks := map[string]string{}
	for _, text := range []string{"Анна", "болит", "да"} {
		if len(c.conv.Tasks) == 0 {
			c.starts("visit")
		}
		c.writes(text)
		for _, told := range c.last.Told {
			marks[told.Name] = told.Mark
		}
	}
	if marks["who"] != "personal" || marks["what"] != "health" || marks["sure"] != "health" {
		t.Fatal(marks)
	}
}

func TestEachFailureHasItsTicketThoughAnswersWereMissed(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Едем?\n    ask: a\n    choose:\n      yes: Да\n  book:\n    call: visit.book\n    on: {taken: end}\n")
	c.results["visit.book"] = []engine.Result{{Outcome: "failed"}}
	c.starts("visit").writes("ээ").writes("ээ").writes("да")
	if len(c.calls) != 2 || c.calls[1].Name != "desk.task" {
		t.Fatalf("calls %+v", c.calls)
	}
}

func TestSetHappensBeforeTheQuestionIsPassedOver(t *testing.T) {
	c := talk(t, "states:\n  q:\n    set: {me.phone: nil}\n    say: Номер?\n    ask: me.phone\n")
	c.me.Phone = "+79123456789"
	c.starts("visit").hears("Номер?")
}

func TestAConversationWithoutAHumanIsHandedBackByTheDesk(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit")
	c.must(engine.Input{Returned: &engine.Returned{}}).hears("Вернёмся к нашему вопросу.", "Когда вам удобно?")
}

func TestAStartOfADialogThatIsGoneDoesNothing(t *testing.T) {
	c := talk(t, twoQuestions).starts("gone").hears()
	if c.last.Events[0].Name != "start.unknown" {
		t.Fatal(c.last.Events)
	}
}
