package journey

import (
	"time"

	"careline/dialogs"
)

// quiet tells whether the hours have t in them.
func quiet(h dialogs.Hours, t time.Time) bool {
	at := t.Hour()*60 + t.Minute()
	switch {
	case h.From == h.To:
		return false
	case h.From < h.To:
		return at >= h.From && at < h.To
	}
	return at >= h.From || at < h.To
}

// before is the last minute that is not quiet, at t or earlier.
func before(h dialogs.Hours, t time.Time) time.Time {
	if !quiet(h, t) {
		return t
	}
	days := 0
	if t.Hour()*60+t.Minute() < h.From {
		days = -1
	}
	return clear(h, time.Date(t.Year(), t.Month(), t.Day()+days, 0, h.From-1, 0, 0, t.Location()), -time.Minute)
}

// after is the first minute that is not quiet, at t or later.
func after(h dialogs.Hours, t time.Time) time.Time {
	if !quiet(h, t) {
		return t
	}
	days := 0
	if t.Hour()*60+t.Minute() >= h.To {
		days = 1
	}
	return clear(h, time.Date(t.Year(), t.Month(), t.Day()+days, 0, h.To, 0, 0, t.Location()), time.Minute)
}

// clear goes on by step where clocks that change have moved t into the quiet hours again.
func clear(h dialogs.Hours, t time.Time, step time.Duration) time.Time {
	for quiet(h, t) {
		t = t.Add(step)
	}
	return t
}
