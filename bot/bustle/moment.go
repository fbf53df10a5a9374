package bustle

import (
	"slices"
	"time"

	"careline/bot/booking"
)

// step of the search for a lively moment, and how far it goes: over the longest holidays.
const (
	quarter = 15 * time.Minute
	far     = 20 * 24 * time.Hour
)

// lively is the first moment from now on at which all branches have been open for two hours and stay so for three: at night
// and on a day off a newcomer would see an empty day and a desk that is closed.
func lively(c *booking.Clinic, now time.Time) time.Time {
	at := now
	for at.Before(now.Add(far)) {
		busy := !slices.ContainsFunc(c.Branches, func(b *booking.Branch) bool {
			hours := c.DeskHours(b)
			return !hours.Open(at.Add(-2*time.Hour)) || !hours.Open(at) || !hours.Open(at.Add(3*time.Hour))
		})
		if busy {
			return at
		}
		at = at.Truncate(quarter).Add(quarter)
	}
	return now // a clinic whose branches are never open together
}
