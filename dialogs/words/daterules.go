package words

import "time"

// dateRules tell one day.
func dateRules() map[string][]rule {
	return map[string][]rule{
		"daynumber": { // with a month beside it
			{"<digits>", func(_ *parse, got []meaning) (meaning, bool) { return got[0], got[0].n >= 1 && got[0].n <= 31 }},
			{"<digits> -? го|ого|е|ое|ье|му|th|st|nd|rd", func(_ *parse, got []meaning) (meaning, bool) { return got[0], got[0].n >= 1 && got[0].n <= 31 }},
			{"<dayth>", nil},
			{"<tens> -? <dayth>", func(_ *parse, got []meaning) (meaning, bool) {
				return meaning{n: got[0].n + got[1].n}, got[0].n <= 30 && got[1].n < 10
			}},
		},
		"year": {
			{",? <digits> год|года|году|г?", func(_ *parse, got []meaning) (meaning, bool) { return got[0], got[0].digits == 4 }},
			{",? <digits> год|года|году|г", func(p *parse, got []meaning) (meaning, bool) {
				return meaning{n: p.fullYear(got[0].n)}, got[0].digits == 2
			}},
		},
		"date": {
			{"<digits> . <digits> . <digits> год|года|г?", numeric(dayFirst)},
			{"<digits> / <digits> / <digits>", numeric(dayFirst)},
			{"<digits> - <digits> - <digits>", numeric(dayFirst)},
			{"<digits> . <digits>", numeric(dayFirst)},
			{"<digits> / <digits>", numeric(dayFirst)},
			{"<digits> - <digits> - <digits>", numeric(yearFirst)},
			{"<digits> . <digits> . <digits>", numeric(yearFirst)},
			{"<digits> / <digits> / <digits>", numeric(monthFirst)},
			{"<daynumber> of? <month> <year>?", func(p *parse, got []meaning) (meaning, bool) { return p.dayOfMonth(got[0].n, got[1].n, got[2].n) }},
			{"<month> the? <daynumber> <year>?", func(p *parse, got []meaning) (meaning, bool) { return p.dayOfMonth(got[1].n, got[0].n, got[2].n) }},
			{"<relative> день|дня?", func(p *parse, got []meaning) (meaning, bool) { return p.oneDay(p.today + day(got[0].n)) }},
			{"the? day after tomorrow", func(p *parse, _ []meaning) (meaning, bool) { return p.oneDay(p.today + 2) }},
			{"the? day before yesterday", func(p *parse, _ []meaning) (meaning, bool) { return p.oneDay(p.today - 2) }},
			{"tonight", func(p *parse, _ []meaning) (meaning, bool) {
				m := hours(17*60, 0)
				m.what, m.days = aboutDays, span{p.today, p.today}
				return m, true
			}},
			{"<daynumber> <thismonth>", func(p *parse, got []meaning) (meaning, bool) {
				return p.dayOfMonth(got[0].n, got[1].days.first.month(), got[1].days.first.year())
			}},
		},
		"thismonth": {
			{"этого|текущего|this <unit>", func(p *parse, got []meaning) (meaning, bool) {
				return days(monthOf(p.today.year(), p.today.month()).first, 0), got[0].n == perMonth
			}},
			{"следующего|будущего|next <unit>", func(p *parse, got []meaning) (meaning, bool) {
				return days(monthOf(p.today.year(), p.today.month()+1).first, 0), got[0].n == perMonth
			}},
		},
		"monthday": { // «12-го», «12 числа»: the next such day
			{"<digits> -? го|ое|е|th|st|nd|rd числа|число?", dayOfSomeMonth},
			{"<digits> числа|число", dayOfSomeMonth},
			{"<dayth> числа|число", dayOfSomeMonth},
			{"<daythof>", dayOfSomeMonth},
			{"числа <daynumber>", dayOfSomeMonth},
			{"<tens> -? <daythof> числа?", func(p *parse, got []meaning) (meaning, bool) {
				return dayOfSomeMonth(p, []meaning{{n: got[0].n + got[1].n}})
			}},
		},
		"wholedate": {
			{"в|во|на|on|the|к? <date> года|год|г?", nil},
			{"в|во|на|on? <weekday> ,? the? <date>", func(_ *parse, got []meaning) (meaning, bool) { return got[1], true }},
			{"<date> ,? в|во|on? <weekday>", nil},
			{"на|the|on? <monthday>", nil},
			{"<digits>", func(p *parse, got []meaning) (meaning, bool) { // 12052018
				n := got[0].n
				return p.exactDay(n%10000, n/10000%100, n/1000000, got[0].digits == 8)
			}},
			{"<digits> <digits> <digits>", numeric(dayFirst)},
			{"в|во|on|this|эту|этот|это|прошлую|прошлый|прошлое|last? <weekday>", func(p *parse, got []meaning) (meaning, bool) {
				return p.oneDay(p.weekday(time.Weekday(got[0].n)))
			}},
			{"в|во|на|on? следующий|следующую|следующее|next <weekday>", func(p *parse, got []meaning) (meaning, bool) {
				return p.oneDay(nextWeeks(p.today, time.Weekday(got[0].n)))
			}},
			{"через|спустя|in <number>? a? <unit>", func(p *parse, got []meaning) (meaning, bool) { return p.away(got[0], got[1].n, 1) }},
			{"<number>? a? <unit> назад|ago", func(p *parse, got []meaning) (meaning, bool) { return p.away(got[0], got[1].n, -1) }},
		},
	}
}

type order [3]int // where day, month and year stand

var (
	dayFirst   = order{0, 1, 2}
	monthFirst = order{1, 0, 2}
	yearFirst  = order{2, 1, 0}
)

// numeric reads a date in digits. Day first unless impossible; a day and month alone are of the wanted year.
func numeric(o order) sense {
	return func(p *parse, got []meaning) (meaning, bool) {
		d, m := got[o[0]], got[o[1]]
		if len(got) == 2 {
			if got[0].digits > 2 || got[1].digits != 2 && got[1].digits != got[0].digits {
				return meaning{}, false
			}
			return p.dayOfMonth(d.n, m.n, 0)
		}
		y := got[o[2]]
		if y.digits == 2 && o[2] == 2 {
			return p.exactDay(p.fullYear(y.n), m.n, d.n, true)
		}
		return p.exactDay(y.n, m.n, d.n, y.digits == 4)
	}
}

func (p *parse) exactDay(year, month, date int, right bool) (meaning, bool) {
	d, ok := civil(year, month, date)
	return days(d, d), ok && right
}

// dayOfMonth without a year is the nearest such day of the wanted half.
func (p *parse) dayOfMonth(date, month, year int) (meaning, bool) {
	if year != 0 {
		return p.exactDay(year, month, date, true)
	}
	for i := range 9 { // a 29 February may be eight years away
		y := p.today.year() + i
		if p.half == Past {
			y = p.today.year() - i
		}
		if d, ok := civil(y, month, date); ok && (p.half == Either || p.half == Past && d <= p.today || p.half == Future && d >= p.today) {
			return days(d, d), true
		}
	}
	return meaning{}, false
}

// dayOfSomeMonth is the nearest day of the wanted half with this number.
func dayOfSomeMonth(p *parse, got []meaning) (meaning, bool) {
	for i := range 4 {
		m := monthOf(p.today.year(), p.today.month()+i)
		if p.half == Past {
			m = monthOf(p.today.year(), p.today.month()-i)
		}
		d := m.first + day(got[0].n-1)
		if got[0].n >= 1 && d <= m.last && (p.half == Past && d <= p.today || p.half != Past && d >= p.today) {
			return days(d, d), true
		}
	}
	return meaning{}, false
}

// fullYear: two digits are the last such year when the past is wanted, else this century's.
func (p *parse) fullYear(n int) int {
	if y := 2000 + n; p.half != Past || y <= p.today.year() {
		return y
	}
	return 1900 + n
}

// weekday is the nearest such day of the wanted half, never today.
func (p *parse) weekday(w time.Weekday) day {
	d := p.today.next(w)
	if p.half == Past {
		if d -= 7; d == p.today {
			d -= 7
		}
	}
	return d
}

// nextWeeks is that day of the next calendar week.
func nextWeeks(today day, w time.Weekday) day { return today.monday() + 7 + day((int(w)+6)%7) }

// away is so many units from today.
func (p *parse) away(count meaning, unit, sign int) (meaning, bool) {
	n := sign
	if count.said {
		n = sign * count.n
	}
	if count.n > 1000 {
		return meaning{}, false
	}
	if unit >= perMonth {
		return p.oneDay(p.today.addMonths(n * unit / perMonth))
	}
	return p.oneDay(p.today + day(n*unit))
}
