package desk

import "time"

// Hours are the times at which somebody sits at the desk.
type Hours interface {
	// Open reports whether the desk is staffed at t.
	Open(t time.Time) bool
	// Turns is the next moment after t at which the desk opens or closes; zero = never.
	Turns(t time.Time) time.Time
}

// Deadline is the moment when d of working time has passed after from. A desk that never opens has the
// plain from+d.
func Deadline(h Hours, from time.Time, d time.Duration) time.Time {
	at, left := from, d
	for {
		next := h.Turns(at)
		if next.IsZero() {
			if h.Open(at) {
				return at.Add(left)
			}
			return from.Add(d)
		}
		if h.Open(at) {
			if span := next.Sub(at); span >= left {
				return at.Add(left)
			} else {
				left -= span
			}
		}
		at = next
	}
}
