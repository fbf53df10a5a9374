package today

import (
	"net/url"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
)

// asked is which day is looked at.
type asked struct {
	Branch   *booking.Branch
	Branches []*booking.Branch     // that the reader may look at
	Doctor   *booking.Practitioner // nil = all
	Day      time.Time             // its midnight by the branch's clock
	today    time.Time
}

// ask reads which day is wanted, and puts the page into the branch's zone. A practitioner has only their own.
func ask(q *page.Request, wanted url.Values) (asked, error) {
	a := asked{Branches: q.Clinic.Branches, Doctor: q.Clinic.Practitioner(wanted.Get("doctor"))}
	if q.Account.OnlyOwn() {
		if a.Doctor = q.Clinic.Practitioner(q.Account.Practitioner); a.Doctor == nil {
			return a, page.NotFound
		}
		a.Branches = slices.DeleteFunc(slices.Clone(a.Branches), func(b *booking.Branch) bool { return a.Doctor.Works[b.ID] == nil })
	}
	if len(a.Branches) == 0 {
		return a, page.NotFound
	}
	a.Branch = a.Branches[0]
	if id := wanted.Get("branch"); id != "" {
		at := slices.IndexFunc(a.Branches, func(b *booking.Branch) bool { return b.ID == id })
		if at < 0 {
			return a, page.NotFound
		}
		a.Branch = a.Branches[at]
	}
	q.Zone = a.Branch.Zone
	q.Now = q.Now.In(q.Zone)
	a.today = midnight(q.Now)
	a.Day = a.today
	if day, err := time.ParseInLocation(time.DateOnly, wanted.Get("day"), q.Zone); err == nil && day.Year() > 1900 && day.Year() < 2200 {
		a.Day = day
	}
	return a, nil
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// on is the same page of another day.
func (a asked) on(day time.Time) asked {
	a.Day = day
	return a
}

// in is the same page of another branch.
func (a asked) in(b *booking.Branch) asked {
	a.Branch = b
	return a
}

// is today, by the branch's clock.
func (a asked) isToday() bool { return a.Day.Equal(a.today) }

func (a asked) tomorrow() time.Time  { return a.Day.AddDate(0, 0, 1) }
func (a asked) yesterday() time.Time { return a.Day.AddDate(0, 0, -1) }

// values are what the page is asked with. Today has no date in it, so that a page left open overnight is right in the morning.
func (a asked) values() url.Values {
	v := url.Values{"branch": {a.Branch.ID}}
	if !a.isToday() {
		v.Set("day", a.Day.Format(time.DateOnly))
	}
	if a.Doctor != nil {
		v.Set("doctor", a.Doctor.ID)
	}
	return v
}

// path of a page of the day: "", "/live", "/print".
func (a asked) path(of string) string { return "/desk/today" + of + "?" + a.values().Encode() }

// doctors who work in the branch at all.
func (a asked) doctors(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.today.everyone")}}
	for _, p := range q.Clinic.Practitioners {
		if p.Works[a.Branch.ID] != nil {
			all = append(all, page.Option{Value: p.ID, Label: q.Clinic.In(q.Language).Text(p.Name)})
		}
	}
	return all
}

func (a asked) doctor() string {
	if a.Doctor == nil {
		return ""
	}
	return a.Doctor.ID
}
