package channels_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"careline/channels"
)

func words(_, id string) string {
	return map[string]string{
		channels.WordChoose: "Выберите:", channels.WordMore: "Ещё варианты:", channels.WordNumber: "Ответьте числом.",
		channels.WordNumbers: "Ответьте числами.", channels.WordSharePhone: "Отправить мой номер", channels.WordOr: "Или:", channels.WordPick: "Выбрать",
		channels.WordOrNumber: "Или числом.", channels.WordNumberLetter: "Числом или буквой.", channels.WordOrLetter: "Или буквой.",
	}[id]
}

func render(to channels.ID, o channels.Outgoing) []channels.Shown {
	return channels.Render(o, channels.Known()[to], words)
}

func choices(labels ...string) []channels.Choice {
	var made []channels.Choice
	for i, l := range labels {
		made = append(made, channels.Choice{Data: "q1:" + strconv.Itoa(i), Label: l})
	}
	return made
}

// draw writes messages down as «text [a] [b] / [c]».
func draw(shown []channels.Shown) string {
	var b strings.Builder
	for i, s := range shown {
		if i > 0 {
			b.WriteString("\n---\n")
		}
		var parts []string
		if s.File != nil {
			parts = append(parts, "("+s.File.Name+")")
		}
		if s.Place != nil {
			parts = append(parts, "("+s.Place.Title+")")
		}
		if s.Text != "" {
			parts = append(parts, s.Text)
		}
		for _, c := range s.Cards {
			parts = append(parts, "<"+c.Title+" · "+c.About+" ["+c.Button.Label+"]>")
		}
		for _, b := range s.Poll {
			parts = append(parts, "("+b.Label+")")
		}
		for r, row := range s.Rows {
			if r > 0 {
				parts = append(parts, "/")
			}
			for _, button := range row {
				parts = append(parts, "["+button.Label+"]")
			}
		}
		b.WriteString(strings.Join(parts, " "))
	}
	return b.String()
}

func TestRender(t *testing.T) {
	place := &channels.Place{Title: "Клиника", Address: "Ленина, 1", URL: "https://maps.example/1", Latitude: 55, Longitude: 37}
	ics := channels.File{Kind: channels.Document, Name: "visit.ics"}
	photo := channels.File{Kind: channels.Photo, Name: "doctor.jpg"}
	week := choices("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье", "Утром", "Днём", "Вечером", "Не важно")
	long := choices("Хочу записаться к тому же врачу, что и в прошлый раз", "Хочу записаться к тому же врачу, но в другой филиал", "Нет")
	doctors := choices("Белов", "Сокол")
	doctors[0].About, doctors[1].About = "Терапевт", "Хирург"
	several := choices("Зубы", "Дёсны", "Готово")
	several[1].Chosen = true

	for name, c := range map[string]struct {
		to   channels.ID
		o    channels.Outgoing
		want string
	}{
		"short labels share a row": {"telegram", channels.Outgoing{Text: "Вам удобно?", Choices: choices("Да", "Нет", "Подскажите другое время")},
			"Вам удобно? [Да] [Нет] / [Подскажите другое время]"},
		"four do not leave one alone": {"telegram", channels.Outgoing{Text: "Когда?", Choices: choices("09:00", "10:30", "12:00", "13:30", "15:00")},
			"Когда? [09:00] [10:30] [12:00] / [13:30] [15:00]"},
		"a rating stands in one row": {"vk", channels.Outgoing{Text: "Оцените", Ask: channels.AskRating, Choices: choices("1", "2", "3", "4", "5")},
			"Оцените [1] [2] [3] [4] [5]"},
		"what follows a rating stands below": {"telegram", channels.Outgoing{Text: "Оцените", Ask: channels.AskRating, Choices: choices("1", "2", "3", "4", "5", "Не хочу")},
			"Оцените [1] [2] [3] [4] [5] / [Не хочу]"},
		"a scale that does not fit under the message is a keyboard": {"vk", channels.Outgoing{Text: "Болит?", Ask: channels.AskNumber, Choices: choices("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")},
			"Болит? [0] [1] [2] [3] / [4] [5] [6] [7] / [8] [9] [10]"},
		"labels that differ soon need no numbers": {"vk", channels.Outgoing{Text: "Когда?", Choices: choices("завтра в 14:00", "в среду, 25 ноября, в 12:00 — Зайцева Н. И.")},
			"Когда?\n\nв среду, 25 ноября, в 12:00 — Зайцева Н. И. [завтра в 14:00] / [в среду, 25 ноября, в 12:00 — Зайцева Н…]"},
		"what the text says in full needs no line": {"vk", channels.Outgoing{Text: "Есть в среду, 25 ноября, в 12:00 — Зайцева Н. И.", Choices: choices("Другое", "в среду, 25 ноября, в 12:00 — Зайцева Н. И.")},
			"Есть в среду, 25 ноября, в 12:00 — Зайцева Н. И. [Другое] / [в среду, 25 ноября, в 12:00 — Зайцева Н…]"},
		"no room for buttons: a numbered list": {"whatsapp", channels.Outgoing{Text: "Вам удобно?", Choices: choices("Да", "Нет")},
			"Вам удобно?\n\n1. Да\n2. Нет\n\nОтветьте числом."},
		"a rating by number": {"whatsapp", channels.Outgoing{Text: "Оцените", Ask: channels.AskRating, Choices: choices("1", "2", "3", "4", "5")},
			"Оцените\n\n1 – 5\n\nОтветьте числом."},
		"a scale by number": {"whatsapp", channels.Outgoing{Text: "Болит?", Choices: choices("0", "1", "2", "Не знаю")},
			"Болит?\n\n0 – 2\nA. Не знаю\n\nЧислом или буквой."},
		"several by number": {"whatsapp", channels.Outgoing{Text: "Что беспокоит?", Ask: channels.AskSeveral, Choices: several},
			"Что беспокоит?\n\n1. Зубы\n2. Дёсны\n\nОтветьте числами."},
		"several are marked, the last is not": {"telegram", channels.Outgoing{Text: "Что беспокоит?", Ask: channels.AskSeveral, Choices: several},
			"Что беспокоит? [☐ Зубы] [☑ Дёсны] / [Готово]"},
		"too many buttons go on in a second message": {"vk", channels.Outgoing{Text: "Когда?", Choices: week},
			"Когда? [Понедельник] [Вторник] / [Среда] [Четверг] [Пятница] / [Суббота] [Воскресенье] / [Утром] [Днём]\n---\nЕщё варианты: [Вечером] [Не важно]"},
		"a shortened label stands in the text in full": {"vk", channels.Outgoing{Text: "Что сделать?", Choices: long},
			"Что сделать?\n\n1. Хочу записаться к тому же врачу, что и в прошлый раз\n2. Хочу записаться к тому же врачу, но в другой филиал" +
				" [1. Хочу записаться к тому же врачу, что…] / [2. Хочу записаться к тому же врачу, но…] / [Нет]"},
		"cards, and the rest below": {"vk", channels.Outgoing{Text: "К кому?", Ask: channels.AskOne, Choices: append(doctors, choices("Любой врач")...)},
			"К кому? <Белов · Терапевт [Выбрать]> <Сокол · Хирург [Выбрать]>\n---\nИли: [Любой врач]"},
		"what cards would say, under the text": {"telegram", channels.Outgoing{Text: "К кому?", Ask: channels.AskOne, Choices: doctors},
			"К кому?\n\nБелов — Терапевт\nСокол — Хирург [Белов] [Сокол]"},
		"what cards would say, in the list": {"whatsapp", channels.Outgoing{Text: "К кому?", Ask: channels.AskOne, Choices: doctors},
			"К кому?\n\n1. Белов — Терапевт\n2. Сокол — Хирург\n\nОтветьте числом."},
		"what the text has said is not said again": {"whatsapp", channels.Outgoing{Text: "К кому? Терапевт или Хирург?", Ask: channels.AskOne, Choices: doctors},
			"К кому? Терапевт или Хирург?\n\n1. Белов\n2. Сокол\n\nОтветьте числом."},
		"a long list goes on": {"whatsapp", channels.Outgoing{Text: "Когда?", Ask: channels.AskOne, Choices: append(week, choices("Утром", "Днём")...)},
			"Когда?\n\n1. Понедельник\n2. Вторник\n3. Среда\n4. Четверг\n5. Пятница\n6. Суббота\n7. Воскресенье\n---\n" +
				"8. Утром\n9. Днём\n10. Вечером\n11. Не важно\n12. Утром\n13. Днём\n\nОтветьте числом."},
		"a list below a long text stands alone": {"whatsapp", channels.Outgoing{Text: strings.Repeat("а", 1001), Ask: channels.AskOne, Choices: choices("Да")},
			strings.Repeat("а", 1001) + "\n---\n1. Да\n\nОтветьте числом."},
		"a question in words may have choices": {"whatsapp", channels.Outgoing{Text: "Как вас зовут?", Ask: channels.AskText, Choices: choices("Позже")},
			"Как вас зовут?\n\n1. Позже\n\nИли числом."},
		"a date is no place in a list": {"whatsapp", channels.Outgoing{Text: "Когда родились?", Ask: channels.AskNumber, Language: "ru", Choices: choices("Не помню")},
			"Когда родились?\n\nА. Не помню\n\nИли буквой."},
		"numbers that are not in a row": {"whatsapp", channels.Outgoing{Text: "Сколько?", Ask: channels.AskOne, Choices: choices("5", "10", "20")},
			"Сколько?\n\n5, 10, 20\n\nОтветьте числом."},
		"buttons without a text": {"telegram", channels.Outgoing{Choices: choices("Да")}, "Выберите: [Да]"},
		"links as buttons":       {"telegram", channels.Outgoing{Text: "Адрес", Choices: []channels.Choice{{Label: "Карта", Link: "https://m.example"}}}, "Адрес [Карта]"},
		"links as lines, not numbered": {"whatsapp", channels.Outgoing{Text: "Адрес", Choices: []channels.Choice{{Label: "Карта", Link: "https://m.example"}, {Label: "Спасибо", Data: "x"}}},
			"Адрес\n\nКарта: https://m.example\n\n1. Спасибо\n\nОтветьте числом."},
		"the phone button is a keyboard": {"telegram", channels.Outgoing{Text: "Ваш телефон?", Ask: channels.AskPhone, Choices: choices("Другой номер")},
			"Ваш телефон? [Отправить мой номер] / [Другой номер]"},
		"no phone button where there is none": {"vk", channels.Outgoing{Text: "Ваш телефон?", Ask: channels.AskPhone}, "Ваш телефон?"},
		"a caption":                           {"telegram", channels.Outgoing{Text: "Ваш врач", Files: []channels.File{photo}, Choices: choices("Дальше")}, "(doctor.jpg) Ваш врач [Дальше]"},
		"a text too long for a caption": {"telegram", channels.Outgoing{Text: strings.Repeat("а", 1025), Files: []channels.File{photo}, Choices: choices("Дальше")},
			"(doctor.jpg)\n---\n" + strings.Repeat("а", 1025) + " [Дальше]"},
		"file, place, buttons at the end": {"telegram", channels.Outgoing{Text: "Ждём вас", Files: []channels.File{ics}, Place: place, Choices: choices("Спасибо")},
			"(Клиника)\n---\n(visit.ics) Ждём вас [Спасибо]"},
		"without buttons the place follows": {"whatsapp", channels.Outgoing{Text: "Ждём вас", Files: []channels.File{ics}, Place: place},
			"(visit.ics) Ждём вас\n---\n(Клиника)"},
		"a place in words": {"console", channels.Outgoing{Text: "Ждём вас", Place: place, Files: []channels.File{ics}},
			"Ждём вас\n\n📎 visit.ics\n\nКлиника\nЛенина, 1\nhttps://maps.example/1"},
		"marks change in place": {"telegram", channels.Outgoing{Text: "Что беспокоит?", Redraws: "7", Ask: channels.AskSeveral, Choices: several},
			"[☐ Зубы] [☑ Дёсны] / [Готово]"},
		"closing alone shows nothing": {"telegram", channels.Outgoing{Closes: "7"}, ""},
		"nothing is nothing":          {"telegram", channels.Outgoing{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := draw(render(c.to, c.o)); got != c.want {
				t.Errorf("%s shows\n%s\n\nwant\n%s", c.to, got, c.want)
			}
		})
	}
}

func TestPolls(t *testing.T) {
	caps := channels.Known()["whatsapp"]
	caps.Polls = 12
	long := strings.Repeat("Долго рассказываем. ", 20)
	for name, c := range map[string]struct {
		o    channels.Outgoing
		want string
	}{
		"a question":                {channels.Outgoing{Text: "Вам удобно?", Ask: channels.AskOne, Choices: choices("Да", "Нет")}, "Вам удобно? (Да) (Нет)"},
		"a rating":                  {channels.Outgoing{Text: "Оцените", Ask: channels.AskRating, Choices: choices("1", "2", "3", "Не хочу")}, "Оцените (1) (2) (3) (Не хочу)"},
		"one answer is no poll":     {channels.Outgoing{Text: "Готовы?", Ask: channels.AskOne, Choices: choices("Да")}, "Готовы?\n\n1. Да\n\nОтветьте числом."},
		"alike answers are no poll": {channels.Outgoing{Text: "Кто?", Ask: channels.AskOne, Choices: choices("Я", "Я")}, "Кто?\n\n1. Я\n2. Я\n\nОтветьте числом."},
		"a long text without a question is no poll": {channels.Outgoing{Text: long, Ask: channels.AskOne, Choices: choices("Да", "Нет")}, strings.TrimSpace(long) + "\n\n1. Да\n2. Нет\n\nОтветьте числом."},
		"answers alone":                      {channels.Outgoing{Ask: channels.AskOne, Choices: choices("Да", "Нет")}, "Выберите: (Да) (Нет)"},
		"several are no poll":                {channels.Outgoing{Text: "Что?", Ask: channels.AskSeveral, Choices: choices("Зуб", "Десна", "Готово")}, "Что?\n\n1. Зуб\n2. Десна\n\nОтветьте числами."},
		"a long text goes before its asking": {channels.Outgoing{Text: long + "\nВам удобно?", Ask: channels.AskOne, Choices: choices("Да", "Нет")}, strings.TrimSpace(long) + "\n---\nВам удобно? (Да) (Нет)"},
	} {
		if got := draw(channels.Render(c.o, caps, words)); got != c.want {
			t.Errorf("%s: shown\n%s\n\nwant\n%s", name, got, c.want)
		}
	}
}

func TestRenderedPartsHaveKeysOfTheirOwn(t *testing.T) {
	shown := render("telegram", channels.Outgoing{Key: "k", Closes: "7", Text: strings.Repeat("слово ", 1500)})
	var keys []string
	for _, s := range shown {
		keys = append(keys, s.Key+s.Closes)
	}
	if want := []string{"k7", "k/2", "k/3"}; !slices.Equal(keys, want) {
		t.Errorf("keys with closes are %v, want %v", keys, want)
	}
}

func BenchmarkRender(b *testing.B) {
	o := channels.Outgoing{
		Key: "k", Text: "Вам удобно завтра, 25 ноября, в 18:40? Принимает Анна Сергеевна, стаж 12 лет.", Ask: channels.AskOne,
		Choices: choices("Да", "Другое время", "К другому врачу"), Language: "ru",
	}
	for _, id := range slices.Sorted(maps.Keys(messengers())) {
		caps := messengers()[id]
		b.Run(string(id), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				channels.Render(o, caps, words)
			}
		})
	}
}

// What is of use in a topic alone, or deletes one, shows nothing where there are none.
func TestWhatIsForTopicsAloneShowsNothing(t *testing.T) {
	for id, caps := range channels.Known() {
		for _, topic := range []*channels.Topic{{Key: "k", Only: true}, {Key: "k", Gone: true}} {
			if got := channels.Render(channels.Outgoing{Text: "📝", Topic: topic}, caps, func(_, id string) string { return id }); len(got) != 0 {
				t.Errorf("%s shows %+v", id, got)
			}
		}
		if got := channels.Render(channels.Outgoing{Text: "💬", Topic: &channels.Topic{Key: "k"}}, caps, func(_, id string) string { return id }); len(got) != 1 {
			t.Errorf("%s shows %+v", id, got)
		}
	}
}
