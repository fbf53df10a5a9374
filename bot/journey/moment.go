package journey

import (
	"time"

	"careline/dialogs"
)

// moment is when the rule acts, before politeness moves it: base, and what it is counted from. ok is false when the
// rule has no moment: what it counts from has not happened.
//
// Days are counted by the wall clock of zone, so that a rule of 24 hours keeps its hour when clocks change.
func moment(w *dialogs.When, env dialogs.Env, zone *time.Location, now time.Time) (base, anchor time.Time, ok bool, err error) {
	if w.Side == dialogs.Daily {
		return firstAt(now.In(zone).Add(time.Nanosecond), w.At), time.Time{}, true, nil
	}
	value, err := w.Anchor.Eval(env)
	if err != nil {
		return base, anchor, false, err
	}
	from, ok := value.(dialogs.MomentValue)
	if !ok || from.At.IsZero() {
		return base, anchor, false, nil
	}
	anchor, by := from.At.In(zone), w.Shift
	if w.By != nil {
		length, err := w.By.Eval(env)
		if err != nil {
			return base, anchor, false, err
		}
		if by, _ = length.(time.Duration); by <= 0 {
			return base, anchor, false, nil
		}
	}
	if w.Side == dialogs.Before {
		by = -by
	}
	base = shift(anchor, by)
	if w.At >= 0 {
		base = firstAt(base, w.At)
	}
	return base, anchor, w.Side != dialogs.Before || base.Before(anchor), nil
}

const day = 24 * time.Hour

// shift moves t by whole days of its calendar and the rest of by.
func shift(t time.Time, by time.Duration) time.Time {
	return t.AddDate(0, 0, int(by/day)).Add(by % day)
}

// firstAt is the first time at or after t at which the wall clock shows so many minutes after midnight.
func firstAt(t time.Time, minutes int) time.Time {
	for days := 0; ; days++ {
		at := time.Date(t.Year(), t.Month(), t.Day()+days, 0, minutes, 0, 0, t.Location())
		if !at.Before(t) {
			return at
		}
	}
}

// occurrence is the moment of the nth happening, from 0, of a rule whose first is base; false when there are
// fewer.
func occurrence(t *dialogs.Timeline, base time.Time, n int) (time.Time, bool) {
	switch {
	case n == 0:
		return base, true
	case len(t.Series) > 0:
		if n >= len(t.Series) {
			return base, false
		}
		for _, c := range t.Series[1 : n+1] {
			base = shift(base, c.Wait)
		}
		return base, true
	case t.Again != nil && n < t.Again.Times:
		return shift(base, t.Again.Every*time.Duration(n)), true
	}
	return base, false
}
