package booking

import (
	"time"

	"careline/dialogs/words"
)

// day is one day of a branch's calendar.
type day struct {
	date     words.Date
	weekday  time.Weekday
	midnight time.Time
	steady   bool // no change of the clock in it
}

// dayOf is the day in which t lies, in t's zone.
func dayOf(t time.Time) day {
	y, m, d := t.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	_, before := midnight.Zone()
	_, after := time.Date(y, m, d+1, 0, 0, 0, 0, t.Location()).Zone()
	noon := time.Date(y, m, d, 12, 0, 0, 0, t.Location())
	return day{
		date:     words.Date(noon.Format(time.DateOnly)),
		weekday:  noon.Weekday(),
		midnight: midnight,
		steady:   before == after && midnight.Hour() == 0,
	}
}

// next is the day after.
func (d day) next() day {
	y, m, n := d.noon().Date()
	return dayOf(time.Date(y, m, n+1, 12, 0, 0, 0, d.midnight.Location()))
}

func (d day) noon() time.Time { return d.midnight.Add(12 * time.Hour) }

// at is the moment when the wall clock shows so many minutes after midnight.
func (d day) at(minutes int) time.Time {
	if d.steady {
		return d.midnight.Add(time.Duration(minutes) * time.Minute)
	}
	y, m, n := d.noon().Date()
	return time.Date(y, m, n, 0, minutes, 0, 0, d.midnight.Location())
}
