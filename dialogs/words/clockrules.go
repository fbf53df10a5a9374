package words

// clockRules tell the time of day. A time before noon of which nobody said the half is vague.
func clockRules() map[string][]rule {
	return map[string][]rule{
		"number": {
			{"<digits>", nil},
			{"<digits> -? х|ти|ми", nil},
			{"<card>", nil},
			{"<tens> -? <card>", func(_ *parse, got []meaning) (meaning, bool) {
				return meaning{n: got[0].n + got[1].n}, got[1].n > 0 && got[1].n < 10
			}},
		},
		"halfday": {
			{"утра|утром|am", half(inMorning)},
			{"a m", half(inMorning)},
			{"in the morning", half(inMorning)},
			{"дня|днем|пополудни", half(inAfternoon)},
			{"pm", half(inPM)},
			{"p m", half(inPM)},
			{"in the afternoon", half(inAfternoon)},
			{"вечера|вечером", half(inEvening)},
			{"in the evening", half(inEvening)},
			{"at night", half(inEvening)},
			{"ночи|ночью", half(inNight)},
		},
		"oclock": {
			{"часов|часа|час|часу|часам|ч|h|oclock|o'clock|hours|hour", nothing},
			{"o clock", nothing},
		},
		// A time that cannot be another number.
		"clock": {
			{"<digits> :|. <digits> <oclock>? <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return atHalf(got[0], got[1].n, got[1].digits == 2, got[3])
			}},
			{"<digits> - <digits>", func(_ *parse, got []meaning) (meaning, bool) { // 9-00, but 9-10 is a range
				return atHalf(got[0], got[1].n, got[1].digits == 2 && (got[1].n == 0 || got[1].n > 24), meaning{})
			}},
			{"<number> <oclock>", func(_ *parse, got []meaning) (meaning, bool) { return atHalf(got[0], 0, true, meaning{}) }},
			{"<number> <oclock>? <halfday>", func(_ *parse, got []meaning) (meaning, bool) {
				m, ok := atHalf(got[0], 0, true, got[2])
				m.doubt = got[2].n == inAfternoon && got[0].n >= 2 && got[0].n <= 4 && !got[1].said
				return m, ok
			}},
			{"<number> <oclock> <number> минут|мин|м|minutes? <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return atHalf(got[0], got[2].n, true, got[3])
			}},
			{"<number> <tens> <card>? <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { // восемнадцать тридцать
				return atHalf(got[0], got[1].n+got[2].n, got[0].digits == 0 && got[2].n < 10, got[3])
			}},
			{"час|часу|часа <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return atHalf(meaning{n: 1}, 0, true, got[0]) }},
			{"<half> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n, 30, got[1]) }},
			{"пол|половина|половине|половину|половины -? <hourth> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return beforeHour(got[0].n, 30, got[1])
			}},
			{"четверть|четверти <hourth> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n, 45, got[1]) }},
			{"<number> минут|мин <hourth> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return beforeHour(got[1].n, 60-got[0].n, got[2])
			}},
			{"без четверти <number> <oclock>? <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n, 15, got[2]) }},
			{"без <number> минут? <number> <oclock>? <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return beforeHour(got[1].n, got[0].n, got[3])
			}},
			{"half past? <number> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n+1, 30, got[1]) }},
			{"a? quarter past|after <number> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n+1, 45, got[1]) }},
			{"a? quarter to|before <number> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[0].n, 15, got[1]) }},
			{"<number> minutes? past <number> <halfday>?", func(_ *parse, got []meaning) (meaning, bool) {
				return beforeHour(got[1].n+1, 60-got[0].n, got[2])
			}},
			{"<number> minutes? to <number> <halfday>", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[1].n, got[0].n, got[2]) }},
			{"<number> minutes to <number>", func(_ *parse, got []meaning) (meaning, bool) { return beforeHour(got[1].n, got[0].n, meaning{}) }},
			{"полдень|полудня|полудню|noon|midday", func(*parse, []meaning) (meaning, bool) { return meaning{n: 12 * 60}, true }},
			{"полночь|полночи|полуночи|midnight", func(*parse, []meaning) (meaning, bool) { return meaning{n: 0}, true }},
		},
		// A time where one is expected: a bare number will do.
		"hour": {
			{"<clock>", nil},
			{"<number>", func(_ *parse, got []meaning) (meaning, bool) { return atHalf(got[0], 0, got[0].digits <= 2, meaning{}) }},
		},
		"wholetime": {
			{"<about>? в|во|на|к|ко|at|by? <about>? <hour> <about>?", func(_ *parse, got []meaning) (meaning, bool) { return got[2], true }},
			{"часов|часиков|часика в|к|на? <hour>", nil},
			{"<halfday> в|at? <number> <oclock>?", func(_ *parse, got []meaning) (meaning, bool) { return atHalf(got[1], 0, true, got[0]) }},
			{"в|at? <digits>", func(_ *parse, got []meaning) (meaning, bool) { // 1830
				return atHalf(meaning{n: got[0].n / 100, zero: got[0].zero}, got[0].n%100, got[0].digits == 4, meaning{})
			}},
		},
		"about": {
			{"около|примерно|где-то|приблизительно|ровно|around|about|roughly|exactly|sharp|наверное|часиков", nothing},
			{"где то", nothing},
			{"в районе", nothing},
		},
	}
}

const (
	inMorning = iota + 1
	inAfternoon
	inEvening
	inPM
	inNight
)

func half(n int) sense {
	return func(*parse, []meaning) (meaning, bool) { return meaning{n: n}, true }
}

func nothing(*parse, []meaning) (meaning, bool) { return meaning{}, true }

// atHalf is an hour and minutes with the half of the day that was said, if any.
func atHalf(hour meaning, minutes int, right bool, halfday meaning) (meaning, bool) {
	h := hour.n
	if !right || h > 24 || minutes > 59 || h == 24 && minutes > 0 {
		return meaning{}, false
	}
	if !halfday.said {
		return meaning{n: h*60 + minutes, vague: h < 12 && h > 0 && !hour.zero}, true
	}
	switch {
	case h > 12 && halfday.n == inMorning, h == 0 && halfday.n != inNight && halfday.n != inMorning:
		return meaning{}, false
	case h == 12 && (halfday.n == inMorning || halfday.n == inNight || halfday.n == inEvening):
		h = 0
	case h < 12 && (halfday.n == inAfternoon || halfday.n == inEvening || halfday.n == inPM), h > 8 && h < 12 && halfday.n == inNight:
		h += 12
	}
	return meaning{n: h*60 + minutes}, true
}

// beforeHour is so many minutes before an hour of the dial.
func beforeHour(hour, minutes int, halfday meaning) (meaning, bool) {
	if hour < 1 || hour > 24 || minutes < 0 || minutes > 59 {
		return meaning{}, false
	}
	if hour == 1 || hour == 13 && halfday.said {
		hour = 13
		if halfday.n == inNight {
			hour = 1
		}
		halfday = meaning{said: true}
	}
	m := hour*60 - minutes
	at, ok := atHalf(meaning{n: m / 60}, m%60, true, halfday)
	return at, ok
}
