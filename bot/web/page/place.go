package page

import (
	"net/url"
	"slices"
	"time"

	"careline/bot/booking"
)

// Place is which time of the clinic a page is about: a branch, a day of it, and whose.
type Place struct {
	Branch   *booking.Branch
	Branches []*booking.Branch     // that the reader may look at
	Doctor   *booking.Practitioner // nil = all
	Day      time.Time             // its midnight by the branch's clock
	Today    time.Time
}

// Place reads what an address or a form asks for, and puts the page into the branch's zone. A practitioner has only their own.
func (q *Request) Place(wanted url.Values) (Place, error) {
	p := Place{Branches: q.Clinic.Branches, Doctor: q.Clinic.Practitioner(wanted.Get("doctor"))}
	if q.Account.OnlyOwn() {
		if p.Doctor = q.Clinic.Practitioner(q.Account.Practitioner); p.Doctor == nil {
			return p, NotFound
		}
		p.Branches = slices.DeleteFunc(slices.Clone(p.Branches), func(b *booking.Branch) bool { return p.Doctor.Works[b.ID] == nil })
	}
	if len(p.Branches) == 0 {
		return p, NotFound
	}
	id := wanted.Get("branch")
	at := slices.IndexFunc(p.Branches, func(b *booking.Branch) bool {
		return b.ID == id || id == "" && (p.Doctor == nil || p.Doctor.Works[b.ID] != nil)
	})
	if at < 0 {
		return p, NotFound
	}
	p = p.In(p.Branches[at])
	q.Zone = p.Branch.Zone
	q.Now = q.Now.In(q.Zone)
	p.Today = Midnight(q.Now)
	p.Day = p.Today
	if day, err := time.ParseInLocation(time.DateOnly, wanted.Get("day"), q.Zone); err == nil && day.Year() > 1900 && day.Year() < 2200 {
		p.Day = day
	}
	return p, nil
}

// Midnight is when the day of t begins.
func Midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// In is the same of another branch; who does not work there is left out.
func (p Place) In(b *booking.Branch) Place {
	p.Branch = b
	if p.Doctor != nil && p.Doctor.Works[b.ID] == nil {
		p.Doctor = nil
	}
	return p
}

// On is the same of another day.
func (p Place) On(day time.Time) Place {
	p.Day = day
	return p
}

// Of is the same of a practitioner; nil = of all.
func (p Place) Of(d *booking.Practitioner) Place {
	p.Doctor = d
	return p
}

// IsToday by the branch's clock.
func (p Place) IsToday() bool { return p.Day.Equal(p.Today) }

// Tomorrow of the day that is looked at, and Yesterday.
func (p Place) Tomorrow() time.Time  { return p.Day.AddDate(0, 0, 1) }
func (p Place) Yesterday() time.Time { return p.Day.AddDate(0, 0, -1) }

// DoctorID is the practitioner's; empty = all.
func (p Place) DoctorID() string {
	if p.Doctor == nil {
		return ""
	}
	return p.Doctor.ID
}

// Values are what a page is asked with. Today has no date in it, so that a page left open overnight is right in the morning.
func (p Place) Values() url.Values {
	v := url.Values{"branch": {p.Branch.ID}}
	if !p.IsToday() {
		v.Set("day", p.Day.Format(time.DateOnly))
	}
	if p.Doctor != nil {
		v.Set("doctor", p.Doctor.ID)
	}
	return v
}

// Doctors who work in the branch at all, as choices; first is the word for all of them.
func (p Place) Doctors(q *Request, first string) []Option {
	all := []Option{{Label: q.Word(first)}}
	for _, d := range q.Clinic.Practitioners {
		if d.Works[p.Branch.ID] != nil {
			all = append(all, Option{Value: d.ID, Label: q.Clinic.In(q.Language).Text(d.Name)})
		}
	}
	return all
}

// farAhead is how many days ahead an open one is looked for.
const farAhead = 62

// IsOpen tells that the practitioner, or anybody, works in the branch on the day.
func (p Place) IsOpen(q *Request) bool {
	return slices.ContainsFunc(q.Clinic.Practitioners, func(d *booking.Practitioner) bool {
		return (p.Doctor == nil || p.Doctor == d) && d.Works[p.Branch.ID] != nil && len(q.Clinic.Working(d, p.Branch, p.Day.Add(12*time.Hour))) > 0
	})
}

// NextOpen is the first day after this on which it is open; false when there is none for weeks.
func (p Place) NextOpen(q *Request) (Place, bool) {
	for range farAhead {
		if p = p.On(p.Tomorrow()); p.IsOpen(q) {
			return p, true
		}
	}
	return p, false
}
