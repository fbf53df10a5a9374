package manual

// question is a way to ask: what stands behind `type:`, and what people may answer.
type question struct {
	typ          string // as a script writes it; empty = choose or list alone
	ru, en       [3]string
	ruType, enAs string // for the ways without a type
}

// The columns: understood, becomes, not understood.
var asked = []question{
	{ruType: "только `choose`", enAs: "`choose` alone",
		ru: [3]string{"нажатие; подпись, слово значения, номер «2», «второе», `words`; одна опечатка с пяти букв", "слово", "кнопки ещё раз"},
		en: [3]string{"a tap; the label, the value's word, its number “2”, “the second”, `words`; one typo from five letters on", "a word", "the buttons again"}},
	{ruType: "`list: ответ`", enAs: "`list: ANSWER`",
		ru: [3]string{"как `choose`, по элементам списка; по восемь на странице", "элемент списка", "кнопки ещё раз"},
		en: [3]string{"like `choose`, over the list's elements; eight a page", "the element", "the buttons again"}},
	{typ: "several",
		ru: [3]string{"нажатия и «Готово»; «1, 3»; «1 и 3»; названия", "список слов", "хотя бы одно"},
		en: [3]string{"taps and “Done”; “1, 3”; names", "a list of words", "at least one"}},
	{typ: "text",
		ru: [3]string{"одно сообщение до 1 000 знаков", "текст", "стикер, голосовое, пусто"},
		en: [3]string{"one message of up to 1,000 characters", "a text", "a sticker, a voice message, nothing"}},
	{typ: "story",
		ru: [3]string{"все сообщения, пока человек не замолчит на 8 секунд; фото и файлы тоже", "рассказ: `story.mentions(\"опух*\")`", "пусто"},
		en: [3]string{"all messages until 8 seconds of silence; photos and files too", "a story: `story.mentions(\"swell*\")`", "nothing"}},
	{typ: "number 0..10",
		ru: [3]string{"«7», «семь», «где-то 7», «7/10»", "число", "вне границ: назовёт границы"},
		en: [3]string{"“7”, “seven”, “about 7”, “7/10”", "a number", "out of range: names the range"}},
	{typ: "rating 1..5",
		ru: [3]string{"нажатие, цифра, «пять», ⭐⭐⭐⭐⭐", "число", "кнопки ещё раз"},
		en: [3]string{"a tap, a digit, “five”, ⭐⭐⭐⭐⭐", "a number", "the buttons again"}},
	{typ: "yesno",
		ru: [3]string{"слова «да» и «нет»", "да или нет", "переспросит"},
		en: [3]string{"words of yes and no", "yes or no", "asks again"}},
	{typ: "date past",
		ru: [3]string{"12.05.2018, «12 мая», «завтра»; `date past` — прошлое, `date future` — будущее", "день", "не та половина времени: скажет об этом"},
		en: [3]string{"12.05.2018, “May 12”, “tomorrow”; `date past` or `date future`", "a day", "the wrong half of time: says so"}},
	{typ: "time",
		ru: [3]string{"«18:30», «полседьмого», «в шесть вечера»", "время", "переспросит"},
		en: [3]string{"“18:30”, “half past six”, “six in the evening”", "a time", "asks again"}},
	{typ: "period",
		ru: [3]string{"«завтра после шести», «на той неделе», «в сб утром», «как можно раньше»", "дни и часы", "переспросит"},
		en: [3]string{"“tomorrow after six”, “next week”, “as soon as possible”", "days and hours", "asks again"}},
	{typ: "phone",
		ru: [3]string{"как угодно записанный +7 или 8, иностранный с +, кнопка «поделиться номером»", "телефон", "покажет пример"},
		en: [3]string{"+7 or 8 in any spelling, foreign with +, the button that shares one's number", "a phone", "shows a sample"}},
	{typ: "name",
		ru: [3]string{"1–4 слова; «меня зовут …» отрежет; «анна» → «Анна»", "имя", "цифры, ссылки, «?»"},
		en: [3]string{"1–4 words; “my name is …” is cut off; “anna” → “Anna”", "a name", "digits, links, “?”"}},
	{typ: "email", ru: [3]string{"адрес", "адрес", "переспросит"}, en: [3]string{"an address", "an address", "asks again"}},
	{typ: "photo", ru: [3]string{"фото", "фото", "переспросит"}, en: [3]string{"a photo", "a photo", "asks again"}},
	{typ: "file", ru: [3]string{"файл", "файл", "переспросит"}, en: [3]string{"a file", "a file", "asks again"}},
}

func questions(lang string) string {
	var rows [][]string
	for _, q := range asked {
		name, cells := say(lang, q.ruType, q.enAs), q.en
		if lang == "ru" {
			cells = q.ru
		}
		if q.typ != "" {
			name = code("type: " + q.typ)
		}
		rows = append(rows, append([]string{name}, cells[:]...))
	}
	head := []string{"type", "understood", "becomes", "not understood"}
	if lang == "ru" {
		head = []string{"вид", "поймёт", "станет", "не поймёт"}
	}
	return table(head, rows)
}
