package words

import "time"

const (
	workdays Weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
	weekend  Weekdays = 1<<time.Saturday | 1<<time.Sunday
	allWeek  Weekdays = workdays | weekend
)

// daysRules tell on which days: a date, a span, weekdays, bounds.
func daysRules() map[string][]rule {
	return map[string][]rule{
		"days": {
			{"<date>", nil},
			{"<monthday>", nil},
			{"<span>", nil},
			{"<weekday>", comingDay},
			{"<thisone> <weekday>", func(p *parse, got []meaning) (meaning, bool) { return comingDay(p, got[1:]) }},
			{"<coming> <weekday>", func(p *parse, got []meaning) (meaning, bool) { return comingDay(p, got[1:]) }},
			{"<nextone> <weekday>", func(p *parse, got []meaning) (meaning, bool) {
				return p.oneDay(nextWeeks(p.today, time.Weekday(got[1].n)))
			}},
			{"каждый|каждую|каждое|любой|любую|любое|every|any|each <weekday>", anyDay},
			{"<weekdays>", anyDay},
			{"<everyday> <workdays>", only7(workdays)},
			{"<workdays>", only7(workdays)},
			{"<everyday> <weekend>", only7(weekend)},
			{"по выходным", only7(weekend)},
			{"weekends", only7(weekend)},
			{"<daynumber> или|и|,|or|and в|на? <date>", func(p *parse, got []meaning) (meaning, bool) { return p.twoDays(got[0].n, got[1].days.first) }},
			{"<month> <daynumber> or|and <daynumber>", func(p *parse, got []meaning) (meaning, bool) {
				last, ok := p.dayOfMonth(got[2].n, got[0].n, 0)
				if !ok {
					return meaning{}, false
				}
				return p.twoDays(got[1].n, last.days.first)
			}},
		},
		"everyday": {{"любой|любые|каждый|любую|any|every", nothing},
			{"любой из", nothing}},
		"workdays": {
			{"будни|будням|будние|будний|будних|буднего|буднем|weekdays|weekday|workdays|workday", nothing},
			{"будние|будний|будних|будним|рабочие|рабочий|рабочим|рабочих|working|business дни|день|дням|дней|days|day", nothing},
		},
		"daysfrom": { // with a bound
			{"до|к|by|before|until|till the? конца|концу|end of? <some>", func(_ *parse, got []meaning) (meaning, bool) { return days(noFirst, got[0].days.last), true }},
			{"с|со|от|from|starting|beginning from|on|with? <days>", from},
			{"начиная с|со <days>", from},
			{"ближе к <days>", nil},
			{"не|not|no раньше|ранее|before|earlier|sooner чем|than? с|в|on? <days>", from},
			{"<days> и|or|или позже|позднее|later|дальше", from},
			{"начиная <days>", from},
			{"после|after|past <days>", func(p *parse, got []meaning) (meaning, bool) {
				s, ok := p.resolved(got[0])
				return days(s.last+1, noLast), ok
			}},
			{"до|before|раньше <days>", func(p *parse, got []meaning) (meaning, bool) {
				s, ok := p.resolved(got[0])
				return days(noFirst, s.first-1), ok
			}},
			{"не|not|no позже|позднее|later|after чем|than? <days>", upTo},
			{"до <days> включительно", upTo},
			{"по <days> включительно", upTo},
			{"by|until|till|through the? <days>", upTo},
			{"после <nextone> <unit>", func(p *parse, got []meaning) (meaning, bool) {
				return days(weekOf(p.today+7).last+1, noLast), got[1].n == 7
			}},
			{"до|перед нового|новым года|годом", newYear(true)},
			{"before new year", newYear(true)},
			{"before the new year", newYear(true)},
			{"до нг", newYear(true)},
			{"после нового года", newYear(false)},
			{"после нг", newYear(false)},
			{"after new year", newYear(false)},
			{"after the new year", newYear(false)},
			{"до|перед|before the? <holidays>", func(p *parse, got []meaning) (meaning, bool) { return days(noFirst, got[0].days.first-1), true }},
			{"после|after the? <holidays>", func(p *parse, got []meaning) (meaning, bool) { return days(got[0].days.last+1, noLast), true }},
			{"с|со|от|from|between <days> по|до|и|-|to|till|until|through|and в? <days>", dayRange},
			{"<days> -|to|through|по <days>", dayRange},
			{"с|со|от|from|between the? <daynumber> по|до|-|to|till|until|through|and the? <date>", monthRange},
			{"<daynumber> -|to|through <date>", monthRange},
			{"<month> <daynumber> -|to|through <daynumber>", func(p *parse, got []meaning) (meaning, bool) {
				last, ok := p.dayOfMonth(got[2].n, got[0].n, 0)
				if !ok {
					return meaning{}, false
				}
				return monthRange(p, []meaning{got[1], last})
			}},
			{"с|со <daynumber> по <monthday>", numberRange},
			{"с|со <daynumber> по <daynumber> число|числа?", numberRange},
			{"от|с <daynumber> до <daynumber> числа|число", numberRange},
		},
	}
}

func comingDay(_ *parse, got []meaning) (meaning, bool) {
	return meaning{what: aboutDays, days: allDays, on: 1 << got[0].n, coming: true}, true
}

func anyDay(_ *parse, got []meaning) (meaning, bool) {
	return meaning{what: aboutDays, days: allDays, on: 1 << got[0].n}, true
}

func only7(on Weekdays) sense {
	return func(*parse, []meaning) (meaning, bool) { return meaning{what: aboutDays, days: allDays, on: on}, true }
}

// resolved is the days themselves, where a weekday is the coming one.
func (p *parse) resolved(m meaning) (span, bool) {
	if m.coming {
		for w := range time.Weekday(7) {
			if m.on.Has(w) {
				d := p.today.next(w)
				return span{d, d}, true
			}
		}
	}
	return m.days, m.on == 0 && m.days.first != noFirst && m.days.last != noLast && m.after == 0
}

func from(p *parse, got []meaning) (meaning, bool) {
	s, ok := p.resolved(got[0])
	return days(s.first, noLast), ok
}

func upTo(p *parse, got []meaning) (meaning, bool) {
	s, ok := p.resolved(got[0])
	return days(noFirst, s.last), ok
}

// dayRange: the second weekday is the one after the first.
func dayRange(p *parse, got []meaning) (meaning, bool) {
	a, okA := p.resolved(got[0])
	b, okB := p.resolved(got[1])
	if got[1].coming && b.first <= a.last {
		for w := range time.Weekday(7) {
			if got[1].on.Has(w) {
				b.last = a.last.next(w)
			}
		}
	}
	if a.first > b.last { // «с 28 декабря по 3 января», said on the 31st
		a.first = a.first.addMonths(-12)
	}
	return days(a.first, b.last), okA && okB && a.first < b.last && b.last-a.first < 200
}

// monthRange: «с 5 по 10 декабря», also over the end of a month.
func monthRange(_ *parse, got []meaning) (meaning, bool) {
	last := got[1].days.last
	first, ok := civil(last.year(), last.month(), got[0].n)
	return days(first, last), ok && first < last
}

// numberRange: «с 5 по 10», the next such days of a month.
func numberRange(p *parse, got []meaning) (meaning, bool) {
	last := got[1].days.first
	if got[1].what != aboutDays {
		m, ok := dayOfSomeMonth(p, got[1:])
		if !ok {
			return m, false
		}
		last = m.days.first
	}
	first := monthOf(last.year(), last.month()).first + day(got[0].n-1)
	if first > last {
		first = monthOf(last.year(), last.month()-1).first + day(got[0].n-1)
	}
	return days(first, last), true
}

// twoDays: «5 или 6 декабря».
func (p *parse) twoDays(date int, other day) (meaning, bool) {
	d, ok := civil(other.year(), other.month(), date)
	m := days(min(d, other), max(d, other))
	m.ends = true
	return m, ok && d != other
}

func newYear(before bool) sense {
	return func(p *parse, _ []meaning) (meaning, bool) {
		eve := monthOf(p.today.year(), 12).last
		if before {
			return days(noFirst, eve), true
		}
		if p.today < monthOf(p.today.year(), 1).first+8 { // still in the holidays
			return days(p.today, noLast), true
		}
		return days(eve+2, noLast), true
	}
}
