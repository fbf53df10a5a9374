package booking

import (
	"time"

	"careline/dialogs/words"
)

// admits reports whether a visit may begin at t, a wall clock time of the branch; no wish is any time.
func admits(wish *words.Period, t time.Time) bool {
	return wish == nil || len(wish.Windows) == 0 || wish.Admits(t)
}

// outside is how far the wall clock is from the window's hours; 0 = inside.
func outside(w words.Window, t time.Time) time.Duration {
	clock := words.Clock(t.Hour()*60 + t.Minute())
	switch {
	case clock < w.After:
		return time.Duration(w.After-clock) * time.Minute
	case w.Before > 0 && clock >= w.Before:
		return time.Duration(clock-w.Before+1) * time.Minute
	}
	return 0
}

// allDay is the window without its hours.
func allDay(w words.Window) words.Window {
	w.After, w.Before = 0, 0
	return w
}

// anyDay is the window without its first and last day; days that were excluded stay so.
func anyDay(w words.Window) words.Window {
	w.From, w.To = "", ""
	return w
}
