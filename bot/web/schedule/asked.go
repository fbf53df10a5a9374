package schedule

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/locales"
)

// asked is which part of the schedule is looked at.
type asked struct {
	Branch   *booking.Branch
	Branches []*booking.Branch     // that the reader may look at
	Doctor   *booking.Practitioner // whose week; nil = the branch's day
	Day      time.Time             // its midnight by the branch's clock
	today    time.Time
}

// ask reads what is wanted, and puts the page into the branch's zone. A practitioner has only their own.
func ask(q *page.Request, wanted url.Values) (asked, error) {
	a := asked{Branches: q.Clinic.Branches, Doctor: q.Clinic.Practitioner(wanted.Get("doctor"))}
	if q.Account.OnlyOwn() {
		if a.Doctor = q.Clinic.Practitioner(q.Account.Practitioner); a.Doctor == nil {
			return a, page.NotFound
		}
	}
	if a.Doctor != nil {
		a.Branches = slices.DeleteFunc(slices.Clone(a.Branches), func(b *booking.Branch) bool { return a.Doctor.Works[b.ID] == nil })
	}
	if len(a.Branches) == 0 {
		return a, page.NotFound
	}
	a.Branch = a.Branches[0]
	if i := slices.IndexFunc(a.Branches, func(b *booking.Branch) bool { return b.ID == wanted.Get("branch") }); i >= 0 {
		a.Branch = a.Branches[i]
	} else if wanted.Get("branch") != "" && a.Doctor == nil {
		return a, page.NotFound
	}
	if !q.Account.OnlyOwn() {
		a.Branches = q.Clinic.Branches
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

// span is what is shown: the week from Monday of a practitioner, or the day of a branch.
func (a asked) span() (from, to time.Time) {
	if a.Doctor == nil {
		return a.Day, a.Day.AddDate(0, 0, 1)
	}
	monday := a.Day.AddDate(0, 0, -(int(a.Day.Weekday())+6)%7)
	return monday, monday.AddDate(0, 0, 7)
}

// by steps so many pages on.
func (a asked) by(n int) asked {
	if a.Doctor != nil {
		n *= 7
	}
	a.Day = a.Day.AddDate(0, 0, n)
	return a
}

func (a asked) on(day time.Time) asked {
	a.Day = day
	return a
}

// in is the day of another branch.
func (a asked) in(b *booking.Branch) asked {
	a.Branch = b
	if a.Doctor != nil && a.Doctor.Works[b.ID] == nil {
		a.Doctor = nil
	}
	return a
}

// of is a practitioner's week; of nobody, the branch's day.
func (a asked) of(p *booking.Practitioner) asked {
	a.Doctor = p
	return a
}

// hasNow tells that the present day is shown.
func (a asked) hasNow() bool {
	from, to := a.span()
	return !a.today.Before(from) && a.today.Before(to)
}

func (a asked) values() url.Values {
	v := url.Values{"branch": {a.Branch.ID}}
	if a.Doctor != nil {
		v.Set("doctor", a.Doctor.ID)
	}
	if !a.Day.Equal(a.today) {
		v.Set("day", a.Day.Format(time.DateOnly))
	}
	return v
}

// path of a page of the schedule: "", "/live", "/new", "/close".
func (a asked) path(of string) string { return "/desk/schedule" + of + "?" + a.values().Encode() }

func (a asked) doctor() string {
	if a.Doctor == nil {
		return ""
	}
	return a.Doctor.ID
}

// ref of what is shown, in the audit.
func (a asked) ref() string {
	from, _ := a.span()
	if a.Doctor != nil {
		return "week/" + a.Doctor.ID + "/" + from.Format(time.DateOnly)
	}
	return "day/" + a.Branch.ID + "/" + from.Format(time.DateOnly)
}

// title is «23 – 29 ноября», or «понедельник, 23 ноября».
func (a asked) title(q *page.Request) string {
	from, to := a.span()
	date := func(t time.Time) string { return q.Format().Date(locales.Moment{At: t, Now: q.Now}) }
	if a.Doctor == nil {
		return q.Word("desk.schedule.weekday."+strconv.Itoa(int(from.Weekday()))) + ", " + date(from)
	}
	return date(from) + " – " + date(to.AddDate(0, 0, -1))
}

// doctors of the branch, as choices.
func (a asked) doctors(q *page.Request, first string) []page.Option {
	all := []page.Option{{Label: q.Word(first)}}
	for _, p := range q.Clinic.Practitioners {
		if p.Works[a.Branch.ID] != nil {
			all = append(all, page.Option{Value: p.ID, Label: q.Clinic.In(q.Language).Text(p.Name)})
		}
	}
	return all
}
