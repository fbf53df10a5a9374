package figures

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/store"
)

// asked is which numbers are wanted.
type asked struct {
	From, Last time.Time // the first and the last day, their midnights by the main branch's clock
	Days       int       // of a period that ends today; 0 = it was given by dates
	By         numbers.By
	today      time.Time
}

// periods that end today, in days.
var periods = []int{7, 30, 90, 365}

const usual = 30

// longest is how many days a period may have.
const longest = 5 * 366

// ask reads what is wanted, and puts the page into the main branch's zone. What is wrong with it stands beside its fields.
func (p *Pages) ask(q *page.Request) (a asked, wrong *page.Form) {
	q.Zone = p.Clinic.Branches[0].Zone
	q.Now = q.Now.In(q.Zone)
	wanted := q.R.URL.Query()
	a.today = time.Date(q.Now.Year(), q.Now.Month(), q.Now.Day(), 0, 0, 0, 0, q.Zone)
	if a.By = numbers.By(wanted.Get("by")); !slices.Contains(numbers.Ways(), a.By) {
		a.By = numbers.ByWeek
	}
	if wanted.Get("from") == "" && wanted.Get("to") == "" {
		return a.last(wanted.Get("days")), nil
	}
	f := page.NewForm(q, url.Values{"from": {wanted.Get("from")}, "to": {wanted.Get("to")}})
	a.From, a.Last = f.Date("from"), f.Date("to")
	switch {
	case !f.Good():
	case a.Last.Before(a.From):
		f.Wrong("to", "desk.figures.backwards")
	case a.Last.Sub(a.From) > longest*24*time.Hour:
		f.Wrong("from", "desk.figures.too_long")
	}
	if !f.Good() {
		return a, f
	}
	return a, nil
}

// last so many days.
func (a asked) last(days string) asked {
	if a.Days, _ = strconv.Atoi(days); !slices.Contains(periods, a.Days) {
		a.Days = usual
	}
	a.From, a.Last = a.today.AddDate(0, 0, 1-a.Days), a.today
	return a
}

// over tells that nothing of the period is still to come.
func (a asked) over() bool { return a.Last.Before(a.today) }

// counted is how the report has to be broken down: some tables stand in every report.
func (a asked) counted() numbers.By {
	switch a.By {
	case numbers.ByDialog, numbers.ByState, numbers.ByVariant, numbers.ByTimeline, numbers.ByTicket:
		return numbers.ByWeek
	default:
		return a.By
	}
}

func (a asked) question() string {
	return a.From.Format(time.DateOnly) + " " + a.Last.Format(time.DateOnly) + " " + string(a.counted())
}

func (a asked) ask(now time.Time, journey *dialogs.Journey) numbers.Ask {
	until := a.Last.AddDate(0, 0, 1)
	if until.After(now) && now.After(a.From) {
		until = now
	}
	return numbers.Ask{Span: store.Span{From: a.From, To: until}, Now: now, Zone: a.From.Location(), Journey: journey, By: a.counted()}
}

// values are what the page is asked with. A period that ends today has no date in it, so that a bookmark goes with the time.
func (a asked) values() url.Values {
	v := url.Values{"by": {string(a.By)}}
	if a.Days > 0 {
		v.Set("days", strconv.Itoa(a.Days))
	} else {
		v.Set("from", a.From.Format(time.DateOnly))
		v.Set("to", a.Last.Format(time.DateOnly))
	}
	return v
}

// path of a page of these numbers: "", "/live", "/table.csv".
func (a asked) path(of string) string { return "/desk/numbers" + of + "?" + a.values().Encode() }

// with is the same page broken down otherwise.
func (a asked) with(by numbers.By) asked {
	a.By = by
	return a
}

// of is the same page of another period.
func (a asked) of(days int) asked { return a.last(strconv.Itoa(days)) }
