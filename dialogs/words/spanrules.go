package words

import "time"

// spanRules tell several days on end.
func spanRules() map[string][]rule {
	return map[string][]rule{
		"count": {
			{"<number>", func(_ *parse, got []meaning) (meaning, bool) {
				return meaning{n: got[0].n, to: got[0].n}, got[0].n <= 400
			}},
			{"<number> -|или|or <number>", func(_ *parse, got []meaning) (meaning, bool) {
				return meaning{n: got[0].n, to: got[1].n}, got[0].n < got[1].n && got[1].n <= 400
			}},
			{"пару|пара|парочку", count(2, 3)},
			{"пару - тройку", count(2, 3)},
			{"два - три", count(2, 3)},
			{"a? couple of?", count(2, 3)},
			{"несколько|several|few", count(3, 5)},
			{"a few", count(3, 5)},
			{"a|an|one", count(1, 1)},
		},
		"thisone": {
			{"этот|эту|это|эти|этой|эта|этого|этих|этом|текущей|текущего|текущем|this", nothing},
		},
		"nextone": {
			{"следующий|следующая|следующую|следующее|следующие|следующей|следующего|следующем|следующих|след|той|ту|тот|те|тех|будущей|будущего|будущем|будущую|next", nothing},
			{"the following", nothing},
		},
		"coming": {
			{"ближайший|ближайшая|ближайшую|ближайшее|ближайшие|ближайшей|ближайших|ближайшего|ближайшем|coming|upcoming", nothing},
		},
		"week": {
			{"<thisone> <unit>", unit(7, func(p *parse) span { return weekOf(p.today) })},
			{"<nextone> <unit>", unit(7, func(p *parse) span { return weekOf(p.today + 7) })},
			{"<thisone> или|и|or|and на? <nextone> <unit>", twoWeeks},
			{"<thisone> <unit> или|и|or|and на? <nextone> <unit>?", func(p *parse, got []meaning) (meaning, bool) {
				return twoWeeks(p, []meaning{got[0], got[2], got[1]})
			}},
			{"на следующей|той", func(p *parse, _ []meaning) (meaning, bool) {
				return days(p.today.monday()+7, p.today.monday()+13), true
			}},
			{"на неделе", func(p *parse, _ []meaning) (meaning, bool) { return days(p.today, weekOf(p.today).last), true }},
			{"the? week after next", func(p *parse, _ []meaning) (meaning, bool) {
				return days(p.today.monday()+14, p.today.monday()+20), true
			}},
		},
		"months": {
			{"<month> месяц|месяца|месяце? <year>?", func(p *parse, got []meaning) (meaning, bool) { return p.wholeMonth(got[0].n, got[1].n) }},
			{"<thisone> <unit>", unit(perMonth, func(p *parse) span { return monthOf(p.today.year(), p.today.month()) })},
			{"<nextone> <unit>", unit(perMonth, func(p *parse) span { return monthOf(p.today.year(), p.today.month()+1) })},
			{"<nextone> <month>", func(p *parse, got []meaning) (meaning, bool) { return p.wholeMonth(got[1].n, 0) }},
		},
		"some": {
			{"<week>", nil},
			{"<months>", nil},
			{"the? <unit>", func(p *parse, got []meaning) (meaning, bool) {
				switch got[0].n {
				case 7:
					return meaning{what: aboutDays, days: weekOf(p.today)}, true
				case perMonth:
					return meaning{what: aboutDays, days: monthOf(p.today.year(), p.today.month())}, true
				case perYear:
					return days(monthOf(p.today.year(), 1).first, monthOf(p.today.year(), 12).last), true
				}
				return meaning{}, false
			}},
		},
		"third": {
			{"начало|начале|начала|началу|beginning|start|early", count(0, 0)},
			{"середина|середине|середину|середины|middle|mid", count(1, 0)},
			{"конец|конце|конца|концу|end|late", count(2, 0)},
		},
		"span": {
			{"<week>", nil},
			{"<months>", nil},
			{"<third> -? of? <some>", func(p *parse, got []meaning) (meaning, bool) { return p.thirdOf(got[0].n, got[1].days) }},
			{"the? <third> of <some>", func(p *parse, got []meaning) (meaning, bool) { return p.thirdOf(got[0].n, got[1].days) }},
			{"первой|первую|первая <unit> <months>", weekInMonth(true)},
			{"the? first <unit> of|in <months>", weekInMonth(true)},
			{"последней|последнюю|последняя <unit> <months>", weekInMonth(false)},
			{"the? last <unit> of|in <months>", weekInMonth(false)},
			{"первых числах|дни|днях <months>", func(p *parse, got []meaning) (meaning, bool) {
				return days(got[0].days.first, got[0].days.first+4), true
			}},
			{"последних числах|дни|днях <months>", func(p *parse, got []meaning) (meaning, bool) { return days(got[0].days.last-4, got[0].days.last), true }},
			{"первой|первая|первую половине|половина|половину <some>", halfOf(true)},
			{"the? first half of <some>", halfOf(true)},
			{"второй|вторая|вторую половине|половина|половину <some>", halfOf(false)},
			{"the? second half of <some>", halfOf(false)},
			{"<thisone>? <weekend>", func(p *parse, _ []meaning) (meaning, bool) { return p.weekend(0) }},
			{"<coming>? <weekend>", func(p *parse, _ []meaning) (meaning, bool) { return p.weekend(0) }},
			{"<nextone> <weekend>", func(p *parse, _ []meaning) (meaning, bool) { return p.weekend(7) }},
			{"в течение|течении <count>? <unit>", within},
			{"в течение <coming> <count>? <unit>", func(p *parse, got []meaning) (meaning, bool) { return within(p, got[1:]) }},
			{"within|за the? <count>? <unit>", within},
			{"within the next <count>? <unit>", within},
			{"<coming> <count>? <unit>", func(p *parse, got []meaning) (meaning, bool) {
				if got[2].n == 1 && !got[1].said { // «в ближайшие дни»
					return days(p.today, p.today+3), true
				}
				return within(p, got[1:])
			}},
			{"later <thisone> <unit>", func(p *parse, got []meaning) (meaning, bool) {
				return days(p.today+1, weekOf(p.today).last), got[1].n == 7
			}},
			{"the? next <count> <unit>", within},
			{"следующие <count> <unit>", within},
			{"днях", func(p *parse, _ []meaning) (meaning, bool) { return days(p.today, p.today+3), true }},
			{"через|спустя <count>? <unit>", afterwards},
			{"<unit> через <count>", func(p *parse, got []meaning) (meaning, bool) { return afterwards(p, []meaning{got[1], got[0]}) }},
			{"in <count> <unit>", afterwards},
			{"<count> <unit> from now|today", afterwards},
			{"<count> <unit> later", afterwards},
			{"<count> <unit> спустя", afterwards},
			{"<holidays>", nil},
		},
		"holidays": {
			{"праздники|праздниках|праздников|праздниками|праздникам|holidays|каникулы|каникулах|каникул|каникулами", func(p *parse, _ []meaning) (meaning, bool) {
				return p.holidays(0)
			}},
			{"public|the <holidays>", nil},
			{"новогодние|новогодних|новогодними <holidays>", func(p *parse, _ []meaning) (meaning, bool) { return p.holidays(time.January) }},
			{"майские|майских|майскими праздники|праздниках|праздников|праздниками?", func(p *parse, _ []meaning) (meaning, bool) { return p.holidays(time.May) }},
		},
		"weekend": {
			{"выходные|выходных|выходной|выхи|уикенд|weekend", nothing},
			{"выходной|выходные день|дни", nothing},
			{"выходных дней|днях", nothing},
			{"the weekend", nothing},
		},
	}
}

func count(n, to int) sense {
	return func(*parse, []meaning) (meaning, bool) { return meaning{n: n, to: max(n, to)}, true }
}

// unit makes a phrase of «этой неделе»: the second word must be that unit.
func unit(want int, s func(*parse) span) func(*parse, []meaning) (meaning, bool) {
	return func(p *parse, got []meaning) (meaning, bool) {
		return meaning{what: aboutDays, days: s(p)}, got[1].n == want
	}
}

// wholeMonth is the named month, the running one or the next to come unless a year was said.
func (p *parse) wholeMonth(month, year int) (meaning, bool) {
	if year == 0 {
		year = p.today.year()
		if month < p.today.month() {
			year++
		}
	}
	return meaning{what: aboutDays, days: monthOf(year, month)}, true
}

// thirdOf is the beginning, middle or end of a week, month or year; what has passed comes again.
func (p *parse) thirdOf(third int, s span) (meaning, bool) {
	if s.last-s.first == 6 {
		part := [...]span{{s.first, s.first + 1}, {s.first + 1, s.first + 3}, {s.first + 3, s.first + 4}}[third]
		if part.last < p.today {
			part.first, part.last = part.first+7, part.last+7
		}
		return meaning{what: aboutDays, days: part}, true
	}
	if s.last-s.first > 31 {
		return days(s.last-30, s.last), third == 2
	}
	part := [...]span{{s.first, s.first + 9}, {s.first + 10, s.first + 19}, {s.first + 20, s.last}}[third]
	if part.last < p.today {
		return p.thirdOf(third, monthOf(s.first.year(), s.first.month()+1))
	}
	return meaning{what: aboutDays, days: part}, true
}

// weekInMonth is the first or last seven days.
func weekInMonth(first bool) sense {
	return func(_ *parse, got []meaning) (meaning, bool) {
		s := got[1].days
		if first {
			return days(s.first, s.first+6), got[0].n == 7
		}
		return days(s.last-6, s.last), got[0].n == 7
	}
}

// halfOf a week or a month.
func halfOf(firstHalf bool) sense {
	return func(_ *parse, got []meaning) (meaning, bool) {
		s := got[0].days
		middle := s.first + 14
		if s.last-s.first == 6 {
			middle = s.first + 2
		}
		if firstHalf {
			return days(s.first, middle), s.last-s.first < 31
		}
		return days(middle+1, s.last), s.last-s.first < 31
	}
}

// twoWeeks: «на этой или следующей неделе».
func twoWeeks(p *parse, got []meaning) (meaning, bool) {
	return days(p.today, weekOf(p.today+7).last), got[2].n == 7
}

// weekend of this week, or so many days later.
func (p *parse) weekend(later day) (meaning, bool) {
	first := p.today.monday() + 5 + later
	return days(first, first+1), true
}

// within counts from today: «в течение недели», «в ближайшие три дня».
func within(p *parse, got []meaning) (meaning, bool) {
	n, unit := 1, got[1].n
	if got[0].said {
		n = got[0].to
	} else if unit == 1 {
		return meaning{}, false // «в течение дня» is about hours
	}
	if unit >= perMonth {
		return days(p.today, p.today.addMonths(n*unit/perMonth)), true
	}
	return days(p.today, p.today+day(n*unit)), true
}

// afterwards: in three days is one day; in two weeks, a month, the week that begins then.
func afterwards(p *parse, got []meaning) (meaning, bool) {
	n, to, unit := 1, 1, got[1].n
	if got[0].said {
		n, to = got[0].n, got[0].to
	}
	switch {
	case unit == 1 && !got[0].said: // «через день» leaves one out
		return p.oneDay(p.today + 2)
	case unit == 1:
		return days(p.today+day(n), p.today+day(to)), true
	case unit == 7:
		return days(p.today+day(7*n), p.today+day(7*to)+6), true
	case n*unit/perMonth > 36:
		return meaning{}, false
	}
	return days(p.today.addMonths(n*unit/perMonth), p.today.addMonths(to*unit/perMonth)+6), true
}

// publicHolidays are the blocks of Russia's holidays: month and day of their first and last.
var publicHolidays = [...][4]time.Month{{1, 1, 1, 8}, {2, 23, 2, 23}, {3, 8, 3, 8}, {5, 1, 5, 9}, {6, 12, 6, 12}, {11, 4, 11, 4}}

// holidays are the block that runs or comes next, or the next of that month.
func (p *parse) holidays(month time.Month) (meaning, bool) {
	for year := p.today.year(); ; year++ {
		for _, h := range publicHolidays {
			first, _ := civil(year, int(h[0]), int(h[1]))
			last, _ := civil(year, int(h[2]), int(h[3]))
			if last >= p.today && (month == 0 || month == h[0]) {
				return days(first, last), true
			}
		}
	}
}
