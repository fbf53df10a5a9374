package booking

import (
	"slices"
	"time"

	"careline/dialogs/words"
)

// admits reports whether a visit may begin at t, a wall clock time of the branch, by the wish.
func admits(wish *words.Period, t time.Time) bool {
	return len(wish.Windows) == 0 || slices.ContainsFunc(wish.Windows, func(w words.Window) bool {
		return admitsDay(w, t) && outside(w, t) == 0
	})
}

// admitsDay reports whether the day of t is in the window, whatever the hour.
func admitsDay(w words.Window, t time.Time) bool {
	day := words.Date(t.Format(time.DateOnly))
	return (w.From == "" || day >= w.From) && (w.To == "" || day <= w.To) && (w.Days == 0 || w.Days.Has(t.Weekday())) &&
		!slices.Contains(w.Except, day)
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
