package booking

import (
	"cmp"
	"slices"
	"time"

	"careline/dialogs/words"
)

// Near returns up to n slots that come closest to a wish that nothing fits, by time: first one on the
// wished day a little outside the wished hours (by at most nearBy), then the wished hours on the days
// after, then whatever is next in time.
func (f *Free) Near(wish *words.Period, n int, nearBy time.Duration) []Slot {
	all := f.moments(nil)
	var found []moment
	add := func(list ...moment) {
		for _, m := range list {
			if len(found) < n && !slices.ContainsFunc(found, func(x moment) bool { return x.at.Equal(m.at) }) {
				found = append(found, m)
			}
		}
	}
	if m, ok := beside(all, wish, nearBy); ok {
		add(m)
	}
	add(sameHours(all, wish, n)...)
	add(closest(all, wish, n)...)
	slices.SortStableFunc(found, func(a, b moment) int { return a.at.Compare(b.at) })
	return slots(found)
}

// beside is the moment on a wished day that is least outside the wished hours.
func beside(all []moment, wish *words.Period, nearBy time.Duration) (moment, bool) {
	best, least := moment{}, nearBy+1
	for _, m := range all {
		for _, w := range wish.Windows {
			if d := outside(w, m.local()); d < least && allDay(w).Admits(m.local()) {
				best, least = m, d
			}
		}
	}
	return best, least <= nearBy
}

// sameHours are the first moments in the wished hours on days not before the wished ones, one a day; when
// there are none, the last before them.
func sameHours(all []moment, wish *words.Period, n int) []moment {
	hours := &words.Period{}
	first := words.Date("9999-12-31")
	for _, w := range wish.Windows {
		hours.Windows = append(hours.Windows, anyDay(w))
		first = min(first, w.From)
	}
	var after, before []moment
	for _, m := range all {
		if !admits(hours, m.local()) {
			continue
		}
		if m.date() < first {
			before = append(before, m)
		} else if !slices.ContainsFunc(after, func(x moment) bool { return x.date() == m.date() }) {
			if after = append(after, m); len(after) == n {
				return after
			}
		}
	}
	if len(after) == 0 && len(before) > 0 {
		return before[len(before)-1:]
	}
	return after
}

// closest are the moments nearest to the wish's beginning.
func closest(all []moment, wish *words.Period, n int) []moment {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b moment) int { return cmp.Compare(a.from(wish), b.from(wish)) })
	return list[:min(n, len(list))]
}

// from is the distance to the beginning of the nearest window.
func (m moment) from(wish *words.Period) time.Duration {
	least := time.Duration(1<<63 - 1)
	for _, w := range wish.Windows {
		begin, err := time.ParseInLocation(time.DateOnly, string(w.From), m.place.branch.Zone)
		if err != nil { // the window has no first day
			begin = m.place.days[0].midnight
		}
		least = min(least, m.at.Sub(begin.Add(time.Duration(w.After)*time.Minute)).Abs())
	}
	return least
}
