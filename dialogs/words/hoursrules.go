package words

// hoursRules tell a part of the day.
func hoursRules() map[string][]rule {
	between := func(from, to Clock) sense {
		return func(*parse, []meaning) (meaning, bool) { return hours(from*60, to*60), true }
	}
	return map[string][]rule{
		"partofday": {
			{"утром|утро|утречком|утру|morning|mornings", between(0, 12)},
			{"с самого? утра|утречка", between(0, 12)},
			{"утренние|утреннее|утренний часы|время|прием", between(0, 12)},
			{"по утрам", between(0, 12)},
			{"рано утром", between(0, 10)},
			{"с утра пораньше", between(0, 10)},
			{"с раннего утра", between(0, 10)},
			{"early morning", between(0, 10)},
			{"early in the morning", between(0, 10)},
			{"пораньше|early", between(0, 12)},
			{"поздним утром", between(10, 12)},
			{"late morning", between(10, 12)},
			{"днем|afternoon|afternoons", between(12, 17)},
			{"дневное время", between(12, 17)},
			{"среди дня", between(12, 17)},
			{"в середине дня", between(12, 15)},
			{"late afternoon", between(15, 18)},
			{"early afternoon", between(12, 15)},
			{"вечером|вечер|вечерком|вечерочком|вечеру|evening|evenings", between(17, 24)},
			{"вечернее|вечерние время|часы", between(17, 24)},
			{"по вечерам", between(17, 24)},
			{"поздно вечером", between(19, 24)},
			{"late evening", between(19, 24)},
			{"ближе к вечеру", between(16, 24)},
			{"под вечер", between(16, 24)},
			{"к вечеру", between(16, 24)},
			{"ранний вечер", between(17, 19)},
			{"early evening", between(17, 19)},
			{"первой|первую|первая половине|половину|половина дня", between(0, 13)},
			{"второй|вторую|вторая половине|половину|половина дня", between(13, 24)},
			{"первой|первую|первая половине|половину|половина", between(0, 13)},
			{"the? first half of the day", between(0, 13)},
			{"the? second half of the day", between(13, 24)},
			{"до обеда", between(0, 13)},
			{"before lunch", between(0, 13)},
			{"после обеда", between(13, 24)},
			{"послеобеда", between(13, 24)},
			{"after lunch", between(13, 24)},
			{"обед|обеда", between(12, 14)},
			{"обеденное время", between(12, 14)},
			{"обеденный перерыв", between(12, 14)},
			{"lunchtime|lunch", between(12, 14)},
			{"lunch time|break|hour", between(12, 14)},
			{"с обеда", between(13, 24)},
			{"до вечера", between(0, 17)},
			{"first thing", between(0, 10)},
			{"ближе к обеду", between(11, 14)},
			{"к обеду", between(11, 14)},
			{"после работы|рабочего", between(18, 24)},
			{"после рабочего дня", between(18, 24)},
			{"after work", between(18, 24)},
			{"до|перед работы|работой", between(0, 9)},
			{"before work", between(0, 9)},
			{"после школы|уроков|учебы|садика", between(14, 24)},
			{"after school", between(14, 24)},
			{"в? течение|течении дня", between(0, 24)},
			{"в? любое время дня", between(0, 24)},
			{"целый|весь день", between(0, 24)},
			{"all day", between(0, 24)},
		},
		"hours": {
			{"в|во|на|in|at|during|by? the|an? <partofday>", nil},
			{"после|с|after <hour> - <hour>", func(p *parse, got []meaning) (meaning, bool) {
				if m, ok := hourRange(p, got); ok && got[1].n-got[0].n > 60 { // «с 14-16»
					return m, true
				}
				return after(p, got[:1]) // «после шести-семи»
			}},
			{"после|позже|позднее|от|с|со|начиная|after|from|past с? <oclock>? <hour>", after},
			{"не|not|no раньше|ранее|before|earlier|sooner чем|than? в? <hour>", after},
			{"<hour> и|or|или позже|позднее|later|after|дальше", after},
			{"this|сегодняшним|сегодняшний <partofday>", func(p *parse, got []meaning) (meaning, bool) {
				m := got[0]
				m.what, m.days = aboutDays, span{p.today, p.today}
				return m, true
			}},
			{"later today", func(p *parse, _ []meaning) (meaning, bool) { return p.soon(0), true }},
			{"any? time after <hour>", after},
			{"начиная с <hour>", after},
			{"до|before|until|till|раньше <hour>", before},
			{"не|not|no позже|позднее|later|after чем|than? в? <hour>", notLater},
			{"by <hour>", notLater},
			{"с|со|от|между|from|between <hour> до|по|и|-|to|till|until|and <hour>", hourRange},
			{"в|на|к|at? <hour> - <hour>", hourRange},
			{"<hour> to|till|until <hour>", hourRange},
			{"часов|часиков|часика с|в|на|к? <hour> до|- <hour>", hourRange},
			{"с <hour> и? до <hour>", hourRange},
			{"в|во|на|к|ко|at|for|часов <about>? <hour>", atHour},
			{"часов|часиков|часика|часа|часам|часикам в|на|к <hour>", atHour},
			{"<clock>", func(p *parse, got []meaning) (meaning, bool) {
				m, ok := atHour(p, got)
				return m, ok && !got[0].doubt
			}},
			{"в|во|на? <partofday> в|часов|at? в|к|at? <hour>", func(p *parse, got []meaning) (meaning, bool) {
				h, _ := atHour(p, got[1:])
				return meetHours(got[0], h)
			}},
			{"в? около|примерно|приблизительно|around|about|roughly в|к|at? <hour>", aroundHour},
			{"в районе <hour>", aroundHour},
			{"at? around|about|roughly <hour>", aroundHour},
			{"ближе к <hour>", aroundHour},
			{"closer to <hour>", aroundHour},
			{"через|in <count>? <oclock>", inHours},
			{"через полчаса", func(p *parse, _ []meaning) (meaning, bool) { return p.soon(30), true }},
			{"in half an hour", func(p *parse, _ []meaning) (meaning, bool) { return p.soon(30), true }},
			{"в течение|within <count>? <oclock>", func(p *parse, got []meaning) (meaning, bool) { return p.soonWithin(got[0]) }},
		},
	}
}

func after(_ *parse, got []meaning) (meaning, bool) {
	h := got[len(got)-1]
	m := hours(usual(h), 0)
	m.vagueAfter = h.vague
	return m, m.after < dayEnd
}

func before(_ *parse, got []meaning) (meaning, bool) {
	h := got[len(got)-1]
	m := hours(0, usual(h))
	m.vagueBefore = h.vague
	return m, m.before > 0
}

// notLater still lets it begin at that very minute.
func notLater(p *parse, got []meaning) (meaning, bool) {
	m, ok := before(p, got)
	m.before = min(m.before+1, dayEnd)
	return m, ok
}

// atHour is a wish for that time: within the hour that begins then.
func atHour(_ *parse, got []meaning) (meaning, bool) {
	h := got[len(got)-1]
	at := usual(h)
	return meaning{what: aboutHours, after: at, before: min(at+60, dayEnd), vagueAfter: h.vague, vagueBefore: h.vague}, at < dayEnd
}

// aroundHour is an hour to either side.
func aroundHour(p *parse, got []meaning) (meaning, bool) {
	m, ok := atHour(p, got)
	m.after = max(m.after-60, 0)
	return m, ok
}

// hourRange takes the halves of the day that make the range short and the visit likely.
func hourRange(_ *parse, got []meaning) (meaning, bool) {
	from, to := got[len(got)-2], got[len(got)-1]
	a, b := usual(from), usual(to)
	switch {
	case from.vague && !to.vague: // с 8 до 10 вечера, с 7 до 9 утра
		a = Clock(from.n)
		if later := a + dayEnd/2; later < b && (to.digits == 0 || from.n < 8*60) {
			a = later
		}
	case b <= a && to.vague:
		b = Clock(to.n) + dayEnd/2
	}
	return hours(a, b), a < b && b <= dayEnd
}

func inHours(p *parse, got []meaning) (meaning, bool) {
	n := 1
	if got[0].said {
		n = got[0].n
	}
	m := p.soon(Clock(n * 60))
	return m, n > 0 && m.after < dayEnd
}

// soon is today, so many minutes from now.
func (p *parse) soon(minutes Clock) meaning {
	m := hours(p.clock+minutes, 0)
	m.what, m.days = aboutDays, span{p.today, p.today}
	return m
}

func (p *parse) soonWithin(count meaning) (meaning, bool) {
	n := 1
	if count.said {
		n = count.to
	}
	m := p.soon(0)
	m.before = min(m.after+Clock(n*60)+1, dayEnd)
	return m, n > 0 && n < 24
}

// meetHours is what two phrases about hours leave together; a vague time goes to the half of the day that
// the other names.
func meetHours(a, b meaning) (meaning, bool) {
	if a.vagueAfter || a.vagueBefore {
		a, b = b, a
	}
	for _, shift := range [...]Clock{0, -dayEnd / 2, dayEnd / 2} {
		lo, hi := b.after, end(b.before)
		if b.vagueAfter {
			lo += shift
		}
		if b.vagueBefore {
			hi += shift
		}
		fits := (!b.vagueAfter || lo >= a.after && lo < end(a.before)) && (!b.vagueBefore || hi > a.after && hi <= end(a.before))
		if lo, hi = max(lo, a.after), min(hi, end(a.before)); fits && lo < hi {
			return hours(lo, hi), true
		}
	}
	lo, hi := max(a.after, b.after), min(end(a.before), end(b.before))
	return hours(lo, hi), lo < hi
}

// end is the bound with the open one written out.
func end(before Clock) Clock {
	if before == 0 {
		return dayEnd
	}
	return before
}
