package booking

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"careline/dialogs/words"
)

// moment is one beginning in one place.
type moment struct {
	place *place
	tick  int
	day   int // index of place.days
	at    time.Time
}

// late reports the second half of the day, by the wall clock.
func (m moment) late() bool { return m.local().Hour() >= 13 }

func (m moment) local() time.Time { return m.at.In(m.place.branch.Zone) }

func (m moment) date() words.Date { return m.place.days[m.day].date }

// moments are the beginnings that the wish admits (nil = all), by time, the earlier branch of careline.yaml first.
// Most days are not wished for: their hours are not looked at.
func (f *Free) moments(wish *words.Period) []moment {
	var all []moment
	open := wish == nil || len(wish.Windows) == 0
	if open {
		n := 0
		for _, p := range f.places {
			n += p.size()
		}
		all = make([]moment, 0, n)
	}
	for _, p := range f.places {
		check, day, wished := p.shared(), -1, true
		p.starts.each(func(i int) bool {
			for day < 0 || p.days[day].to <= i {
				day++
				wished = open || wish.HasDay(p.days[day].date, p.days[day].weekday)
			}
			m := moment{p, i, day, p.origin.Add(time.Duration(i) * tick)}
			if !wished || !admits(wish, m.local()) {
				return true
			}
			if check {
				if _, ok := p.assign(i); !ok {
					return true
				}
			}
			all = append(all, m)
			return true
		})
	}
	if len(f.places) > 1 {
		slices.SortStableFunc(all, func(a, b moment) int { return cmp.Compare(a.tick, b.tick) })
	}
	return all
}

// shared reports whether one person could be needed twice, so that starts promise too much.
func (p *place) shared() bool {
	for i, a := range p.service.Parts {
		for _, b := range p.service.Parts[i+1:] {
			if slices.ContainsFunc(a.By, func(x *Practitioner) bool { return slices.Contains(b.By, x) }) {
				return true
			}
		}
	}
	return false
}

// All yields every free slot, by time.
func (f *Free) All() iter.Seq[Slot] {
	return func(yield func(Slot) bool) {
		for _, m := range f.moments(nil) {
			if s, ok := m.place.assign(m.tick); ok && !yield(s) {
				return
			}
		}
	}
}

// Choose returns up to n slots that fit the wish (nil = any time), by time. Two are a concrete pair: the
// earliest, and one on another day or in the other half of the day, or else an hour later. More are spread
// over the days.
func (f *Free) Choose(wish *words.Period, n int) []Slot {
	fit := f.moments(wish)
	if wish != nil && wish.Soonest && n <= 2 {
		return slots(fit[:min(n, len(fit))])
	}
	return slots(choose(fit, n))
}

// Until is Choose among the slots that begin not later than last.
func (f *Free) Until(last time.Time, n int) []Slot {
	return slots(choose(slices.DeleteFunc(f.moments(nil), func(m moment) bool { return m.at.After(last) }), n))
}

func choose(fit []moment, n int) []moment {
	switch {
	case len(fit) <= n:
		return fit
	case n == 2:
		return pair(fit)
	}
	return spread(fit, n)
}

func slots(list []moment) []Slot {
	out := make([]Slot, 0, len(list))
	for _, m := range list {
		if s, ok := m.place.assign(m.tick); ok {
			out = append(out, s)
		}
	}
	return out
}

// apart are two times of one half of a day that are a choice at all.
const apart = time.Hour

// pair of at least two moments.
func pair(all []moment) []moment {
	first, rest := all[0], all[1:]
	other := slices.IndexFunc(rest, func(m moment) bool { return m.date() != first.date() || m.late() != first.late() })
	if other < 0 {
		other = slices.IndexFunc(rest, func(m moment) bool { return m.at.Sub(first.at) >= apart })
	}
	if other < 0 {
		other = len(rest) - 1
	}
	return []moment{first, rest[other]}
}

// spread takes n of the moments: from each of the first days about as many, far from one another.
func spread(all []moment, n int) []moment {
	days := byDay(all, max((n+1)/2, 1))
	var out []moment
	for round := 0; len(out) < n; round++ {
		before := len(out)
		for i := range days {
			if len(out) < n && len(days[i]) > 0 {
				far := farthest(days[i], out)
				out = append(out, days[i][far])
				days[i] = slices.Delete(days[i], far, far+1)
			}
		}
		if len(out) == before {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b moment) int { return a.at.Compare(b.at) })
	return out
}

// byDay are the moments of each of the first most days.
func byDay(all []moment, most int) [][]moment {
	var days [][]moment
	for _, m := range all {
		k := slices.IndexFunc(days, func(d []moment) bool { return d[0].date() == m.date() })
		if k < 0 {
			if k = len(days); k == most {
				break
			}
			days = append(days, nil)
		}
		days[k] = append(days[k], m)
	}
	return days
}

// farthest is the index of the moment that is farthest from those chosen on its day; of equals the first.
func farthest(day, chosen []moment) int {
	best, far := 0, time.Duration(-1)
	for i, m := range day {
		d := time.Duration(1<<63 - 1)
		for _, c := range chosen {
			if c.date() == m.date() {
				d = min(d, m.at.Sub(c.at).Abs())
			}
		}
		if d > far {
			best, far = i, d
		}
	}
	return best
}

// Days are the dates on which something is free, at most n.
func (f *Free) Days(n int) []words.Date {
	var out []words.Date
	for _, m := range f.moments(nil) {
		if d := m.date(); !slices.Contains(out, d) {
			if out = append(out, d); len(out) == n {
				break
			}
		}
	}
	slices.Sort(out)
	return out
}
