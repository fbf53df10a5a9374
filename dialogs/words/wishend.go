package words

import (
	"slices"
	"time"
)

// period turns what was gathered into windows.
func (w *wish) period() (*Period, bool) {
	if len(w.choices) == 0 {
		if !w.any && !w.soonest && len(w.notDays) == 0 && len(w.notHours) == 0 {
			return nil, false
		}
		w.choices = []choice{{}}
	}
	w.share()
	p := &Period{Soonest: w.soonest}
	for _, c := range w.choices {
		for _, ws := range w.windows(c) {
			for _, cut := range w.withoutHours(ws) {
				if cut, ok := w.withoutDays(cut); ok {
					p.Windows = append(p.Windows, cut)
				}
			}
		}
	}
	p.Windows = merge(p.Windows)
	return p, len(p.Windows) > 0
}

// share gives each alternative what the others said for all: «сегодня или завтра после шести», «утром в
// среду или четверг», «на той неделе в среду или в пятницу».
func (w *wish) share() {
	for i := 1; i < len(w.choices); i++ {
		a, b := &w.choices[i-1], &w.choices[i]
		switch {
		case !b.days.said && a.hours.said:
			b.days = a.days
		case b.days.said && !b.hours.said && a.hoursFirst && a.days.said:
			b.hours, b.hoursFirst = a.hours, true
		}
		if b.days.coming && a.narrowed && a.days.on != 0 {
			if m, ok := meetDays(meaning{days: a.days.days}, b.days); ok {
				m.coming = false
				b.days, b.narrowed = m, true
			}
		}
	}
	for i := len(w.choices) - 1; i > 0; i-- {
		a, b := &w.choices[i-1], &w.choices[i]
		if a.days.said && b.days.said && b.hours.said && !a.hours.said && !b.hoursFirst {
			a.hours = b.hours
		}
		if !a.days.said && a.hours.said && b.days.said && b.hours.said && !b.hoursFirst {
			a.days = b.days
		}
		if a.days.coming && b.narrowed && b.days.on != 0 && !a.narrowed {
			if m, ok := meetDays(meaning{days: b.days.days}, a.days); ok {
				m.coming = false
				a.days = m
			}
		}
	}
}

// windows of one alternative: a coming weekday becomes its date.
func (w *wish) windows(c choice) []Window {
	win := Window{}
	if c.hours.said {
		win.After, win.Before = c.hours.after, c.hours.before%dayEnd
	}
	if !c.days.said {
		return []Window{win}
	}
	s, on := c.days.days, c.days.on
	if c.days.coming && (s == allDays || s.last == noLast) {
		from := max(w.today, s.first-1)
		var out []Window
		for i := range 7 {
			d := from + 1 + day(i)
			if on.Has(d.weekday()) {
				win.From, win.To = d.date(), d.date()
				out = append(out, win)
			}
		}
		return out
	}
	if on != 0 && s.last-s.first < 7 { // within a week a weekday is a date
		var out []Window
		for d := s.first; d <= s.last; d++ {
			if on.Has(d.weekday()) {
				win.From, win.To = d.date(), d.date()
				out = append(out, win)
			}
		}
		return out
	}
	win.From, win.To, win.Days = s.first.date(), s.last.date(), on%allWeek
	return []Window{win}
}

// withoutHours cuts the unwanted hours out.
func (w *wish) withoutHours(win Window) []Window {
	wins := []Window{win}
	for _, not := range w.notHours {
		var cut []Window
		for _, x := range wins {
			if upTo := min(end(x.Before), not.after); x.After < upTo {
				before := x
				before.Before = upTo % dayEnd
				cut = append(cut, before)
			}
			if from := max(x.After, end(not.before)); from < end(x.Before) {
				x.After = from
				cut = append(cut, x)
			}
		}
		wins = cut
	}
	return wins
}

// withoutDays cuts the unwanted days out; false when nothing is left.
func (w *wish) withoutDays(win Window) (Window, bool) {
	for _, not := range w.notDays {
		switch {
		case not.on != 0:
			if win.Days = win.days() &^ not.on; win.Days == 0 {
				return win, false
			}
		case not.days.first == noFirst:
			win.From = later(win.From, (not.days.last + 1).date())
		case not.days.last == noLast:
			win.To = earlier(win.To, (not.days.first - 1).date())
		default:
			for d := not.days.first; d <= not.days.last && d < not.days.first+62; d++ {
				if !not.ends || d == not.days.first || d == not.days.last {
					win.Except = append(slices.Clip(win.Except), d.date())
				}
			}
		}
	}
	return win.tidy(w.today)
}

func (w Window) days() Weekdays {
	if w.Days == 0 {
		return allWeek
	}
	return w.Days
}

// tidy keeps only exceptions that matter; false when no day is left.
func (w Window) tidy(today day) (Window, bool) {
	slices.Sort(w.Except)
	w.Except = slices.DeleteFunc(slices.Compact(w.Except), func(d Date) bool {
		return d < today.date() || w.From != "" && d < w.From || w.To != "" && d > w.To || !w.days().Has(d.Time(time.UTC).Weekday())
	})
	if len(w.Except) == 0 {
		w.Except = nil
	}
	if w.To == "" {
		return w, true
	}
	first := dayOf(Date(later(w.From, today.date())).Time(time.UTC))
	last := dayOf(w.To.Time(time.UTC))
	for d := first; d <= last; d++ {
		if w.days().Has(d.weekday()) && !slices.Contains(w.Except, d.date()) {
			return w, true
		}
	}
	return w, false
}

func later(a, b Date) Date { return max(a, b) }

func earlier(a, b Date) Date {
	if a == "" {
		return b
	}
	return min(a, b)
}
