package words

import "strings"

// lexicon is the grammar's tables of words with their numbers.
func lexicon() map[string]map[string]int {
	card, tens := map[string]int{}, map[string]int{}
	for w, n := range cardinals() {
		if n < 100 && !strings.HasPrefix(w, "пар") && w != "раз" && w != "couple" {
			card[w] = n
		}
		if n == 20 || n == 30 || n == 40 || n == 50 {
			tens[w] = n
		}
	}
	dayth, daythof, hourth := map[string]int{}, map[string]int{}, map[string]int{}
	for w, n := range ordinals() {
		of := strings.HasSuffix(w, "ого") || strings.HasSuffix(w, "его") // двенадцатого
		if of || w[0] < 0x80 || strings.HasSuffix(w, "ое") || strings.HasSuffix(w, "ье") {
			dayth[w] = n
		}
		if of {
			daythof[w] = n
		}
		if of && n <= 12 {
			hourth[w] = n
		}
	}
	return map[string]map[string]int{
		"card": card, "tens": tens, "dayth": dayth, "daythof": daythof, "hourth": hourth,
		"weekday": table([]row[int]{
			{1, "понедельник понедельника понедельнику понедельнике пн пон понед monday mon"},
			{2, "вторник вторника вторнику вторнике вт втор tuesday tue tues"},
			{3, "среда среду среды среде ср wednesday wed"},
			{4, "четверг четверга четвергу четверге чт четв thursday thu thur thurs"},
			{5, "пятница пятницу пятницы пятнице пт пятн friday fri"},
			{6, "суббота субботу субботы субботе сб субб saturday sat"},
			{0, "воскресенье воскресенья воскресенью воскресение воскресения вс воскр sunday sun"},
		}),
		"weekdays": table([]row[int]{
			{1, "понедельникам понедельники mondays"}, {2, "вторникам вторники tuesdays"}, {3, "средам wednesdays"},
			{4, "четвергам четверги thursdays"}, {5, "пятницам fridays"}, {6, "субботам saturdays"},
			{0, "воскресеньям воскресениям sundays"},
		}),
		"month": table([]row[int]{
			{1, "январь января январе янв january jan"}, {2, "февраль февраля феврале фев февр february feb"},
			{3, "март марта марте мар march mar"}, {4, "апрель апреля апреле апр april apr"},
			{5, "май мая мае may"}, {6, "июнь июня июне июн june jun"}, {7, "июль июля июле июл july jul"},
			{8, "август августа августе авг august aug"}, {9, "сентябрь сентября сентябре сен сент september sep sept"},
			{10, "октябрь октября октябре окт october oct"}, {11, "ноябрь ноября ноябре ноя нояб november nov"},
			{12, "декабрь декабря декабре дек december dec"},
		}),
		"unit":     unitWords(),
		"relative": relativeWords(),
		"half": table([]row[int]{ // «полседьмого» in one word
			{1, "полпервого"}, {2, "полвторого"}, {3, "полтретьего"}, {4, "полчетвертого"}, {5, "полпятого"}, {6, "полшестого"},
			{7, "полседьмого"}, {8, "полвосьмого"}, {9, "полдевятого"}, {10, "полдесятого"}, {11, "пол-одиннадцатого полодиннадцатого"},
			{12, "полдвенадцатого"},
		}),
	}
}

// units are days, or months above perMonth.
const (
	perMonth = 1000
	perYear  = 12 * perMonth
)

func unitWords() map[string]int {
	return table([]row[int]{
		{1, "день дня дней дню дни денек деньков сутки суток day days"},
		{7, "неделя неделю недели недель неделе недельку неделек week weeks"},
		{perMonth, "месяц месяца месяцев месяце month months"},
		{6 * perMonth, "полгода"},
		{perYear, "год года году лет year years"},
	})
}

func relativeWords() map[string]int {
	return table([]row[int]{
		{-2, "позавчера"}, {-1, "вчера вчерашний вчерашнего yesterday"}, {0, "сегодня сегодняшний сегодняшнего today tod"},
		{1, "завтра завтрашний завтрашнего завтро tomorrow tomorow tommorow tommorrow tmrw tmr"}, {2, "послезавтра послезавтро"},
	})
}
