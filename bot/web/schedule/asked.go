package schedule

import (
	"net/url"
	"time"

	"careline/bot/web/page"
	"careline/bot/web/today"
	"careline/locales"
)

// asked is which part of the schedule is looked at: a practitioner's week, or the day of a branch.
type asked struct{ page.Place }

func ask(q *page.Request, wanted url.Values) (asked, error) {
	p, err := q.Place(wanted)
	return asked{p}, err
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

// hasNow tells that the present day is shown.
func (a asked) hasNow() bool {
	from, to := a.span()
	return !a.Today.Before(from) && a.Today.Before(to)
}

// path of a page of the schedule: "", "/live", "/new", "/close".
func (a asked) path(of string) string { return path(a.Place, of) }

func path(p page.Place, of string) string { return "/desk/schedule" + of + "?" + p.Values().Encode() }

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
		return today.Title(q, a.Place)
	}
	return date(from) + " – " + date(to.AddDate(0, 0, -1))
}
