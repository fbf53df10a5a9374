package booking

import (
	"slices"
	"time"

	"careline/dialogs/words"
)

// Stretch of a day by the wall clock, in minutes after midnight: [From, To), To at most 1440.
type Stretch struct{ From, To int }

// Hours is a weekly rhythm and the days that differ from it.
type Hours struct {
	Week  [7][]Stretch // by time.Weekday
	Dated []Dated      // a later line wins
}

// Dated are days that differ; no stretches = closed.
type Dated struct {
	Dates
	Stretches []Stretch
}

// On returns the stretches of a day; dated tells that a line for that very date says so.
func (h *Hours) On(day words.Date, weekday time.Weekday) (stretches []Stretch, dated bool) {
	for _, d := range slices.Backward(h.Dated) {
		if d.Has(day) {
			return d.Stretches, true
		}
	}
	return h.Week[weekday], false
}

// works returns when the practitioner sees patients in the branch on that day.
func (c *Clinic) works(p *Practitioner, b *Branch, d day) []Stretch {
	hours := p.Works[b.ID]
	if hours == nil {
		return nil
	}
	own, dated := hours.On(d.date, d.weekday)
	if !dated && (within(c.Holidays, d.date) || within(p.Off, d.date)) {
		return nil
	}
	if len(own) == 0 {
		return nil
	}
	return intersect(own, c.open(b, d, dated))
}

// open returns when the branch is open; invited tells that somebody is to work on a holiday.
func (c *Clinic) open(b *Branch, d day, invited bool) []Stretch {
	door, dated := b.Hours.On(d.date, d.weekday)
	switch {
	case dated:
		return door
	case invited:
		return []Stretch{{0, 24 * 60}}
	case within(c.Holidays, d.date):
		return nil
	}
	return door
}

func within(list []Dates, day words.Date) bool {
	return slices.ContainsFunc(list, func(d Dates) bool { return d.Has(day) })
}

func intersect(a, b []Stretch) []Stretch {
	if len(b) == 1 && len(a) > 0 && b[0].From <= a[0].From && a[len(a)-1].To <= b[0].To {
		return a
	}
	var out []Stretch
	for _, x := range a {
		for _, y := range b {
			if s := (Stretch{max(x.From, y.From), min(x.To, y.To)}); s.From < s.To {
				out = append(out, s)
			}
		}
	}
	return out
}

// DeskHours are the hours of the branch's desk: desk.Hours.
func (c *Clinic) DeskHours(b *Branch) DeskHours { return DeskHours{c, b} }

// DeskHours tells when somebody sits at a branch's desk.
type DeskHours struct {
	clinic *Clinic
	branch *Branch
}

// Open reports whether the desk is staffed at t.
func (h DeskHours) Open(t time.Time) bool {
	for _, s := range h.stretches(t.In(h.branch.Zone)) {
		if !t.Before(s[0]) && t.Before(s[1]) {
			return true
		}
	}
	return false
}

// Turns is the next moment after t at which the desk opens or closes; zero = not within a year.
func (h DeskHours) Turns(t time.Time) time.Time {
	open := h.Open(t)
	local := t.In(h.branch.Zone)
	for range 366 {
		for _, s := range h.stretches(local) {
			for _, edge := range s {
				if edge.After(t) && h.Open(edge) != open {
					return edge
				}
			}
		}
		y, m, d := local.Date()
		local = time.Date(y, m, d+1, 12, 0, 0, 0, h.branch.Zone)
	}
	return time.Time{}
}

func (h DeskHours) stretches(local time.Time) [][2]time.Time {
	d := dayOf(local)
	var out [][2]time.Time
	for _, s := range h.clinic.open(h.branch, d, false) {
		out = append(out, [2]time.Time{d.at(s.From), d.at(s.To)})
	}
	return out
}
