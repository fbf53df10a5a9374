package words

import "time"

// ParsePeriod understands a wish about time: «завтра после шести», «вечером на той неделе», «кроме среды»,
// "Friday morning or any day after 6pm". now is in the branch's zone. A text that means anything else too
// is refused.
func ParsePeriod(text string, now time.Time) (*Period, bool) {
	p, ok := newParse(calendar(), text, now, Future)
	if !ok {
		return nil, false
	}
	w := wish{today: p.today}
	part := p.g.kinds["part"]
	for at := 0; at < len(p.words); {
		m, next := p.phrase(part, at)
		if next == 0 || !w.add(m) {
			return nil, false
		}
		at = next
	}
	return w.period()
}

// wish is gathered part by part.
type wish struct {
	today    day
	choices  []choice // alternatives
	other    bool     // the next part begins an alternative
	any      bool
	soonest  bool
	notDays  []meaning
	notHours []meaning
}

// choice is one alternative.
type choice struct {
	days       meaning // said = there are some
	hours      meaning
	hoursFirst bool // said before the days
	narrowed   bool // a weekday within a span
}

func (w *wish) add(m meaning) bool {
	switch m.what {
	case otherwise:
		w.other = true
	case soonest:
		w.soonest = true
	case anything:
		w.any = true
	case notDays:
		w.notDays = append(w.notDays, m)
	case notHours:
		w.notHours = append(w.notHours, m)
	case aboutBareHour:
		if len(w.choices) == 0 || !w.last().days.said && !w.last().hours.said {
			return false
		}
		m.what = aboutHours
		return w.addHours(m)
	case aboutHours:
		return w.addHours(m)
	case aboutDays:
		return w.addDays(m)
	}
	return true
}

func (w *wish) last() *choice { return &w.choices[len(w.choices)-1] }

// open is the alternative that a part belongs to.
func (w *wish) open() *choice {
	if len(w.choices) == 0 || w.other {
		w.choices = append(w.choices, choice{})
		w.other = false
	}
	return w.last()
}

func (w *wish) addHours(m meaning) bool {
	c := w.open()
	if c.hours.said {
		both, ok := meetHours(c.hours, m)
		if !ok {
			w.choices = append(w.choices, choice{hours: m})
			return true
		}
		m = both
	} else {
		c.hoursFirst = !c.days.said
	}
	m.said = true
	c.hours = m
	return true
}

func (w *wish) addDays(m meaning) bool {
	if m.ends { // «5 или 6 декабря»
		first, last := m, m
		first.ends, last.ends = false, false
		first.days.last, last.days.first = m.days.first, m.days.last
		if !w.addDays(first) {
			return false
		}
		w.other = true
		return w.addDays(last)
	}
	if m.days.last < w.today {
		return false // gone
	}
	if m.days.first != noFirst {
		m.days.first = max(m.days.first, w.today)
	}
	if m.after != 0 || m.before != 0 { // "tonight", «через час»
		h := hours(m.after, m.before)
		h.said = true
		m.after, m.before = 0, 0
		return w.addDays(m) && w.addHours(h)
	}
	c := w.open()
	if c.days.said {
		both, ok := meetDays(c.days, m)
		if !ok {
			w.choices = append(w.choices, choice{days: m})
			return true
		}
		c.narrowed = true
		m = both
	}
	m.said = true
	c.days = m
	return true
}

// meetDays is what two phrases about days leave together: «в среду» «на той неделе».
func meetDays(a, b meaning) (meaning, bool) {
	m := meaning{what: aboutDays, said: true, days: a.days.and(b.days), on: a.on & b.on, coming: a.coming && b.coming}
	switch {
	case a.on == 0:
		m.on = b.on
	case b.on == 0:
		m.on = a.on
	case m.on == 0:
		return m, false
	}
	if m.days == allDays && (a.coming || b.coming) {
		m.coming = true
	}
	return m, !m.days.empty() && (m.on == 0 || m.days.last-m.days.first > 6 || m.on&weekdaysOf(m.days) != 0)
}

// weekdaysOf is which weekdays a short span has.
func weekdaysOf(s span) Weekdays {
	var on Weekdays
	for d := s.first; d <= s.last && d < s.first+7; d++ {
		on |= 1 << d.weekday()
	}
	return on
}
