package engine_test

import (
	"strings"
	"testing"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
)

// asking is a dialog with one question, asked as the lines say.
func asking(t *testing.T, lines string) *chat {
	t.Helper()
	return talk(t, "states:\n  q:\n    say: Вопрос?\n"+lines+"\n  end_:\n    say: Дальше.\n").starts("visit")
}

func TestEveryTypeUnderstandsItsOwn(t *testing.T) {
	photo := channels.File{Kind: channels.Photo, Name: "x.jpg"}
	paper := channels.File{Kind: channels.Document, Name: "x.pdf"}
	for _, test := range []struct {
		name, lines string
		in          channels.Incoming
		want        any
	}{
		{"word by its label", "    ask: a\n    choose:\n      go: Едем\n      stay: Нет, дома", channels.Incoming{Text: "едем!"}, "go"},
		{"word by its value", "    ask: a\n    choose:\n      go: Едем\n      stay: Нет, дома", channels.Incoming{Text: "stay"}, "stay"},
		{"word by its number", "    ask: a\n    choose:\n      go: Едем\n      stay: Нет, дома", channels.Incoming{Text: "2"}, "stay"},
		{"word by its ordinal", "    ask: a\n    choose:\n      go: Едем\n      stay: Нет, дома", channels.Incoming{Text: "второе"}, "stay"},
		{"word with a typo", "    ask: a\n    choose:\n      go: Поехали\n      stay: Нет, дома", channels.Incoming{Text: "поехоли"}, "go"},
		{"word by another word", "    ask: a\n    choose:\n      go:\n        label: Едем\n        words: [погнали]\n      stay: Дома", channels.Incoming{Text: "Погнали"}, "go"},
		{"a known word of yes", "    ask: a\n    choose:\n      yes: Записать\n      no: Не надо", channels.Incoming{Text: "ага"}, "yes"},
		{"several in words", "    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть\n      work: Работать", channels.Incoming{Text: "1 и 3"}, []string{"sleep", "work"}},
		{"text", "    ask: a\n    type: text", channels.Incoming{Text: "  просто слова  "}, "просто слова"},
		{"number", "    ask: a\n    type: number 0..10", channels.Incoming{Text: "где-то 7"}, 7.0},
		{"number without a range", "    ask: a\n    type: number", channels.Incoming{Text: "сорок"}, 40.0},
		{"rating in stars", "    ask: a\n    type: rating 1..5", channels.Incoming{Text: "⭐⭐⭐⭐"}, 4.0},
		{"rating in words", "    ask: a\n    type: rating 1..5", channels.Incoming{Text: "двойка"}, 2.0},
		{"yes", "    ask: a\n    type: yesno", channels.Incoming{Text: "конечно"}, true},
		{"no", "    ask: a\n    type: yesno", channels.Incoming{Text: "нет"}, false},
		{"date past", "    ask: a\n    type: date past", channels.Incoming{Text: "12.05.2018"}, words.Date("2018-05-12")},
		{"date future", "    ask: a\n    type: date future", channels.Incoming{Text: "завтра"}, words.Date("2026-11-24")},
		{"time", "    ask: a\n    type: time", channels.Incoming{Text: "полседьмого"}, words.Clock(18*60 + 30)},
		{"phone typed", "    ask: a\n    type: phone", channels.Incoming{Text: "8 912 345 67 89"}, "+79123456789"},
		{"phone shared", "    ask: a\n    type: phone", channels.Incoming{Shared: &channels.Shared{Phone: "79123456789", Own: true}}, "+79123456789"},
		{"name", "    ask: a\n    type: name", channels.Incoming{Text: "меня зовут анна петрова"}, "Анна Петрова"},
		{"email", "    ask: a\n    type: email", channels.Incoming{Text: "anna@example.ru"}, "anna@example.ru"},
		{"photo", "    ask: a\n    type: photo", channels.Incoming{Files: []channels.File{photo}}, &photo},
		{"file", "    ask: a\n    type: file", channels.Incoming{Files: []channels.File{paper}}, &paper},
	} {
		t.Run(test.name, func(t *testing.T) {
			asking(t, test.lines).sends(test.in).tells("a", test.want).hears("Дальше.")
		})
	}
}

func TestAPeriodIsAWishAboutTime(t *testing.T) {
	c := asking(t, "    ask: a\n    type: period").writes("завтра после шести").hears("Дальше.")
	wish, ok := c.told()["a"].(*words.Period)
	if !ok || len(wish.Windows) == 0 || wish.Windows[0].From != "2026-11-24" || wish.Windows[0].After != 18*60 {
		t.Fatalf("understood as %+v", c.told()["a"])
	}
}

func TestEveryTypeSaysWhatItWants(t *testing.T) {
	long := strings.Repeat("слово ", 1700)
	for _, test := range []struct {
		name, lines string
		in          channels.Incoming
		want        string
	}{
		{"word", "    ask: a\n    choose:\n      go: Едем\n      stay: Дома", channels.Incoming{Text: "кхм"}, "Не разобрали ответ. Выберите, пожалуйста, один из вариантов."},
		{"own retry", "    ask: a\n    choose:\n      go: Едем\n      stay: Дома\n    retry: Так едем?", channels.Incoming{Text: "кхм"}, "Так едем?"},
		{"sticker", "    ask: a\n    type: text", channels.Incoming{Other: "sticker"}, "Напишите, пожалуйста, словами, одним сообщением."},
		{"nothing", "    ask: a\n    type: text", channels.Incoming{}, "Напишите, пожалуйста, словами, одним сообщением."},
		{"ten thousand characters", "    ask: a\n    type: text", channels.Incoming{Text: long}, "Получилось слишком длинно. Уложитесь, пожалуйста, в 1 000 знаков."},
		{"out of range", "    ask: a\n    type: number 0..10", channels.Incoming{Text: "11"}, "Напишите, пожалуйста, число от 0 до 10."},
		{"emoji", "    ask: a\n    type: number 0..10", channels.Incoming{Text: "🙂"}, "Напишите, пожалуйста, число от 0 до 10."},
		{"right to left", "    ask: a\n    type: yesno", channels.Incoming{Text: "שלום"}, "Ответьте, пожалуйста, «да» или «нет»."},
		{"six of five", "    ask: a\n    type: rating 1..5", channels.Incoming{Text: "6"}, "Поставьте, пожалуйста, оценку от 1 до 5."},
		{"future birthday", "    ask: a\n    type: date past", channels.Incoming{Text: "12.05.2030"}, "Эта дата ещё не наступила. Напишите, пожалуйста, прошедшую, например 12.05.2018."},
		{"past wish", "    ask: a\n    type: date future", channels.Incoming{Text: "12.05.2018"}, "Эта дата уже прошла. Напишите, пожалуйста, будущую, например «завтра» или «25 ноября»."},
		{"somebody else's card", "    ask: me.phone", channels.Incoming{Shared: &channels.Shared{Phone: "79123456789"}}, "Это номер другого человека. Нужен ваш, например +7 912 345-67-89."},
		{"voice for a photo", "    ask: a\n    type: photo", channels.Incoming{Files: []channels.File{{Kind: channels.Voice}}}, "Пришлите, пожалуйста, фотографию."},
		{"sticker for a story", "    ask: a\n    type: story", channels.Incoming{Other: "sticker"}, "Расскажите, пожалуйста, словами. Фото можно добавить."},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := asking(t, test.lines).sends(test.in).stands("visit.q")
			if got := strings.ReplaceAll(strings.Join(c.heard(), "|"), "\u00a0", " "); got != test.want {
				t.Fatalf("said %q, not %q", got, test.want)
			}
		})
	}
}

func TestButtonsComeWithTheQuestion(t *testing.T) {
	asking(t, "    ask: a\n    type: rating 1..5").sees("1", "2", "3", "4", "5").taps("4").tells("a", 4.0)
	asking(t, "    ask: a\n    type: number 0..3").sees("0", "1", "2", "3").taps("0").tells("a", 0.0)
	asking(t, "    ask: a\n    type: number 0..100").sees()
	asking(t, "    ask: a\n    type: yesno").sees("Да", "Нет").taps("Нет").tells("a", false)
}

func TestTheChannelIsToldWhatAnswerIsWanted(t *testing.T) {
	for lines, want := range map[string]channels.Ask{
		"    ask: a\n    choose:\n      go: Едем\n      stay: Дома":  channels.AskOne,
		"    ask: a\n    type: several\n    choose:\n      go: Едем": channels.AskSeveral,
		"    ask: a\n    type: rating 1..5":                          channels.AskRating,
		"    ask: a\n    type: phone":                                channels.AskPhone,
		"    ask: a\n    type: text":                                 channels.AskText,
	} {
		if got := asking(t, lines).last.Say[0].Ask; got != want {
			t.Errorf("%s: hint %q, not %q", lines, got, want)
		}
	}
}

func TestTapsMarkSeveralUntilDone(t *testing.T) {
	c := asking(t, "    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть\n      work: Работать")
	c.sees("Спать", "Есть", "Работать", "Готово")
	eat, done := c.data("Есть"), c.data("Готово")
	c.taps("Работать").hears()
	if !c.last.Redraw[2].Chosen || c.last.Redraw[0].Chosen {
		t.Fatalf("marks: %+v", c.last.Redraw)
	}
	c.presses(eat).presses(eat).presses(c.data("Спать")).hears()
	c.presses(done).tells("a", []string{"sleep", "work"}).hears("Дальше.")
}

func TestNothingMarkedIsNoAnswer(t *testing.T) {
	asking(t, "    ask: a\n    type: several\n    choose:\n      sleep: Спать\n      eat: Есть").taps("Готово").
		hears("Отметьте хотя бы один вариант и нажмите «Готово».").stands("visit.q")
}

func TestAStoryIsAllMessagesUntilSilence(t *testing.T) {
	c := asking(t, "    ask: a\n    type: story")
	c.writes("Болит зуб").hears().passes(5 * time.Second).hears().
		sends(channels.Incoming{Text: "под коронкой", Files: []channels.File{{Kind: channels.Photo, Ref: "r"}}}).
		passes(7 * time.Second).hears().stands("visit.q")
	c.passes(2*time.Second).hears("Дальше.").
		tells("a", &dialogs.StoryValue{Text: "Болит зуб\nпод коронкой", Files: []channels.File{{Kind: channels.Photo, Ref: "r"}}})
}

func TestAStoryEndsAfterThreeMinutesAtLast(t *testing.T) {
	c := asking(t, "    ask: a\n    type: story")
	for range 29 {
		c.writes("ещё").hears().passes(6 * time.Second)
	}
	c.writes("и ещё").passes(7 * time.Second).hears("Дальше.")
}

func TestAListIsShownInPages(t *testing.T) {
	c := talk(t, `
states:
  find:
    call: doctors.find
    on: {none: end}
  q:
    say: К кому?
    ask: doctor
    list: doctors
    choose:
      any: Любой
    on: {any: end}
  told:
    say: Врач — {doctor}.
`)
	var found []any
	for _, name := range []string{"Аза", "Бела", "Вера", "Глеб", "Дана", "Ефим", "Жора", "Зоя", "Иван", "Карл"} {
		found = append(found, &dialogs.Practitioner{ID: name, Name: name})
	}
	c.results["doctors.find"] = []engine.Result{{Outcome: "found", Gives: map[string]any{"doctors": found}}}
	c.starts("visit").sees("Аза", "Бела", "Вера", "Глеб", "Дана", "Ефим", "Жора", "Зоя", "Ещё", "Любой")
	bela := c.data("Бела")
	c.taps("Ещё").hears("К кому?").sees("Иван", "Карл", "Ещё", "Любой")
	c.taps("Ещё").sees("Аза", "Бела", "Вера", "Глеб", "Дана", "Ефим", "Жора", "Зоя", "Ещё", "Любой").taps("Ещё")
	c.presses(bela).hears("Врач — Бела.")
	c.starts("visit").writes("глеб").hears("Врач — Глеб.")
	c.starts("visit").writes("карл").hears("Врач — Карл.") // of the second page
	c.starts("visit").taps("Любой").stands("")
}

func TestAQuestionAboutAPersonIsAskedOnce(t *testing.T) {
	states := `
states:
  name:
    say: Как вас зовут?
    ask: me.full_name
  hello:
    say: "[{me.name}, ]приятно познакомиться."
`
	c := talk(t, states).starts("visit").hears("Как вас зовут?").writes("анна петрова").hears("Анна, приятно познакомиться.")
	c.starts("visit").hears("Анна, приятно познакомиться.")
	if c.me.FullName != "Анна Петрова" || c.me.Name != "Анна" {
		t.Fatalf("remembered %+v", c.me)
	}
	talk(t, strings.Replace(states, "ask: me.full_name", "ask: me.full_name\n    again: true", 1)).starts("visit").
		writes("анна петрова").starts("visit").hears("Как вас зовут?")
}

func TestMemoryOfAnySortIsAskedOnce(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Есть аллергия?
    ask: patient.allergies
    choose:
      none: Нет
    on: {none: none}
    next: told
  none:
    set:
      patient.allergies: нет
  told:
    say: Записано — {patient.allergies}.
`)
	c.starts("visit").taps("Нет").hears("Записано — Нет.")
	c.starts("visit").hears("Записано — Нет.")
}

func TestAskPatientChoosesWhomTheTaskIsAbout(t *testing.T) {
	c := talk(t, `
states:
  find:
    call: people.find
  q:
    say: Для кого?
    ask: patient
    list: people
  name:
    say: Пациент — {patient.full_name}. Телефон?
    ask: me.phone
  book:
    call: visit.book
    on: {taken: end}
  told:
    say: Записали — {patient.full_name}.
`)
	son := &dialogs.Patient{ID: "p2", FullName: "Иван Петров", Name: "Иван"}
	c.family["p2"] = son
	c.results["people.find"] = []engine.Result{{Outcome: "found", Gives: map[string]any{"people": []any{son}}}}
	c.starts("visit").sees("Иван Петров").taps("Иван Петров").hears("Пациент — Иван Петров. Телефон?").writes("89123456789").hears("Записали — Иван Петров.")
	if last := c.calls[len(c.calls)-1]; last.Patient.ID != "p2" {
		t.Fatalf("booked for %s", last.Patient.ID)
	}
}

func TestWhatWasBegunForSomebodyWhoIsGoneIsNotDoneForTheContact(t *testing.T) {
	c := talk(t, `
states:
  find:
    call: people.find
  q:
    say: Для кого?
    ask: patient
    list: people
  name:
    say: Пациент — {patient.full_name}. Телефон?
    ask: me.phone
  book:
    call: visit.book
    on: {taken: end}
`)
	son := &dialogs.Patient{ID: "p2", FullName: "Иван Петров", Name: "Иван"}
	c.family["p2"] = son
	c.results["people.find"] = []engine.Result{{Outcome: "found", Gives: map[string]any{"people": []any{son}}}}
	c.starts("visit").taps("Иван Петров").hears("Пациент — Иван Петров. Телефон?")
	delete(c.family, "p2")
	c.writes("89123456789")
	for _, call := range c.calls {
		if call.Name == "visit.book" {
			t.Fatalf("booked for %s", call.Patient.ID)
		}
	}
}

func TestAlsoIsTriedWhenTheAnswerIsNotUnderstood(t *testing.T) {
	c := talk(t, `
states:
  q:
    say: Оцените визит.
    ask: mark
    type: rating 1..5
    also: {comment: text}
    on: {comment: thanks}
    next: end
  thanks:
    say: Спасибо за слова «{comment}».
`).starts("visit").writes("всё понравилось")
	c.tells("comment", "всё понравилось").hears("Спасибо за слова «всё понравилось».")
}

func TestBothLanguagesAreUnderstood(t *testing.T) {
	c := talk(t, "states:\n  q:\n    say: Едем?\n    ask: a\n    choose:\n      go: Поехали\n      stay: Дома\n",
		"locales/en.yaml", "visit.q.say: {hash: x, other: Shall we go?}\nvisit.q.choose.go: {hash: x, other: Let us go}\nvisit.q.choose.stay: {hash: x, other: At home}\n")
	c.contact.Language = "en"
	c.starts("visit").hears("Shall we go?").sees("Let us go", "At home").writes("поехали").tells("a", "go")
	c.contact.Language = "ru"
	c.starts("visit").hears("Едем?").writes("at home").tells("a", "stay")
}
