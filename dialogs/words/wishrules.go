package words

// wishRules tell what a wish is made of: days, hours, exclusions, urgency, and words without weight.
func wishRules() map[string][]rule {
	return map[string][]rule{
		"part": {
			{"в|во|на|по|к|ко|on|in|at|for|during? the? <days>", nil},
			{"<daysfrom>", nil},
			{"<hours>", nil},
			{"часов?  <number>", func(p *parse, got []meaning) (meaning, bool) {
				m, ok := atHour(p, []meaning{mustHour(got[0])})
				m.what = aboutBareHour
				return m, ok && got[0].digits <= 2 && got[0].n > 0 && got[0].n < 24
			}},
			{"<not> в|на|по|on|at? the? <weekend>", exceptWeekend},
			{"<not> по выходным", exceptWeekend},
			{"<not> weekends", exceptWeekend},
			{"<not> в|во|на|по|on|in|at|for? the? <days>", except},
			{"<not> <daysfrom>", except},
			{"<not> <hours>", exceptHours},
			{"<not> в|во|на|по? <days> и|или|,|and|or|ни в|во|на|по? <days>", exceptTwo},
			{"в|во|на|по|on? <days> <cannot>", except},
			{"<cannot> в|во|на|по|on? <days>", except},
			{"<cannot> прийти|подойти|приехать|подъехать|быть|come|be|do|make в|во|на|по|on? <days>", except},
			{"<hours> <cannot>", func(p *parse, got []meaning) (meaning, bool) { return exceptHours(p, []meaning{{}, got[0]}) }},
			{"<cannot> <hours>", exceptHours},
			{"<cannot> <daysfrom>", except},
			{"или|либо|or|иначе", as(otherwise)},
			{"а лучше", as(otherwise)},
			{"а если", as(otherwise)},
			{"и|,|and|;|+|&|плюс", as(also)},
			{"<soonest>", as(soonest)},
			{"<anything>", as(anything)},
			{"<filler>", as(aboutNothing)},
		},
		"not": {
			{"только|лишь|но|but|just|only? не|кроме|исключая|not|except|excluding|besides for|on|for?", nothing},
			{"за исключением", nothing},
			{"anything|any|anytime but", nothing},
			{"any day|time but|except", nothing},
			{"apart from", nothing},
		},
		"cannot": {
			{"я|мне|i? не могу|смогу|получится|получается|подходит|подойдет|удобно|надо|нужно|хочу|вариант|выйдет|успею", nothing},
			{"я|мне? никак|неудобно|нельзя|занят|занята|исключено", nothing},
			{"i? can't|cannot|won't make|do?", nothing},
			{"can not", nothing},
			{"is|are? not good|possible", nothing},
			{"doesn't|don't work|suit", nothing},
			{"i'm|am busy", nothing},
		},
		"soonest": {
			{"как можно скорее|раньше|быстрее|ближе|скорей|быстрей|поскорее", nothing},
			{"чем раньше|скорее|быстрее , тем лучше", nothing},
			{"чем раньше|скорее|быстрее тем лучше", nothing},
			{"поскорее|скорее|срочно|быстрее|побыстрее|немедленно|срочный|срочная|срочное|ближайшее|ближайшая|ближайший|поскорей|скорей|раньше", nothing},
			{"самое|самую|самый|на? раннее|ранний|ближайшее|ближайший|ближайшую|скорое|первое", nothing},
			{"первое|первый|первую же? свободное|свободный|свободную|попавшееся|возможное", nothing},
			{"в|на? самое|ближайшее ближайшее? время", nothing},
			{"ближайшее свободное? время|окно|окошко|место", nothing},
			{"ближайшая|ближайшую запись", nothing},
			{"в? ближайшие часы", nothing},
			{"сейчас|щас", nothing},
			{"прямо|именно сейчас", nothing},
			{"asap|urgent|urgently|soonest|earliest|immediately|quickly|soon|sooner|now", nothing},
			{"as soon|early|quickly as possible", nothing},
			{"right now|away", nothing},
			{"straight away", nothing},
			{"the? sooner|earlier the better", nothing},
			{"the? first|next|earliest|soonest available|free|possible slot|time|appointment|one?", nothing},
		},
		"anything": {
			{"в? любое|любой время|день|час", nothing},
			{"в? любые дни|числа", nothing},
			{"когда угодно|удобно|хотите|сможете|получится|будет", nothing},
			{"как вам? угодно|удобно", nothing},
			{"когда|как вам удобно|лучше", nothing},
			{"мне? все равно", nothing},
			{"мне? безразлично|неважно|пофиг|всеравно", nothing},
			{"не важно|принципиально", nothing},
			{"без разницы", nothing},
			{"на? ваше усмотрение", nothing},
			{"any time|day|date|slot", nothing},
			{"anytime|whenever|anyday", nothing},
			{"no preference|matter", nothing},
			{"i? don't mind|care", nothing},
			{"it? doesn't matter", nothing},
			{"все дни", nothing},
			{"каждый день", nothing},
			{"every day", nothing},
			{"ежедневно", nothing},
		},
		"filler": fillerRules(),
	}
}

func as(w what) sense {
	return func(*parse, []meaning) (meaning, bool) { return meaning{what: w}, true }
}

func mustHour(number meaning) meaning {
	m, _ := atHalf(number, 0, true, meaning{})
	return m
}

// except makes of the last days those that are not wanted.
func except(_ *parse, got []meaning) (meaning, bool) {
	for _, m := range got {
		if m.what == aboutDays {
			m.what = notDays
			return m, !m.ends && m.after == 0
		}
	}
	return meaning{}, false
}

func exceptWeekend(*parse, []meaning) (meaning, bool) {
	return meaning{what: notDays, days: allDays, on: weekend}, true
}

// exceptTwo: «кроме среды и пятницы».
func exceptTwo(_ *parse, got []meaning) (meaning, bool) {
	a, b := got[1], got[2]
	a.what = notDays
	switch {
	case a.on != 0 && b.on != 0 && a.days == allDays && b.days == allDays:
		a.on |= b.on
		return a, true
	case a.on == 0 && b.on == 0 && a.days.last+1 == b.days.first:
		a.days.last = b.days.last
		return a, true
	case a.on == 0 && b.on == 0 && a.days.first == a.days.last && b.days.first == b.days.last && a.days.first < b.days.first:
		a.days.last, a.ends = b.days.last, true
		return a, true
	}
	return meaning{}, false
}

func exceptHours(_ *parse, got []meaning) (meaning, bool) {
	m := got[1]
	ok := m.what == aboutHours
	m.what = notHours
	return m, ok
}
