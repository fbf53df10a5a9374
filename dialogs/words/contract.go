// Package words understands what people type: yes and no, numbers, dates, times, wishes about time,
// phones, names, and words inside a message, in Russian and English.
package words

import "time"

// Date is a day of the calendar, "2006-01-02".
type Date string

// Clock is a time of day in minutes after midnight.
type Clock int

// Period is a wish about time: any of the windows will do. It is relative to nothing: days are calendar days
// of the branch.
type Period struct {
	Windows []Window `json:"windows"`
	Soonest bool     `json:"soonest,omitempty"` // «как можно скорее»: the earliest is the best
}

// Window is days and hours. Empty bounds are open.
type Window struct {
	From   Date     `json:"from,omitempty"`   // first day
	To     Date     `json:"to,omitempty"`     // last day, inclusive
	Days   Weekdays `json:"days,omitempty"`   // only these weekdays; 0 = all
	Except []Date   `json:"except,omitempty"` // not these days
	After  Clock    `json:"after,omitempty"`  // starts not before
	Before Clock    `json:"before,omitempty"` // starts before; 0 = end of the day
}

// Weekdays is a set of weekdays, bit 1<<time.Weekday.
type Weekdays uint8

// Has reports whether the set holds the day.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }
