package today

import (
	"strconv"
	"strings"

	"careline/bot/web/page"
	"careline/locales"
	"careline/store"
)

// title is «Сегодня, понедельник, 23 ноября» by the branch's clock.
func (a asked) title(q *page.Request) string {
	date := q.Format().Date(locales.Moment{At: a.Day, Now: q.Now})
	switch {
	case a.IsToday():
		return q.Word("desk.page.today") + ", " + date
	case a.Day.Equal(a.Today.AddDate(0, 0, 1)):
		return q.Word("desk.today.tomorrow") + ", " + date
	case a.Day.Equal(a.Today.AddDate(0, 0, -1)):
		return q.Word("desk.today.yesterday") + ", " + date
	}
	return Title(q, a.Place)
}

// Title of a day is «понедельник, 23 ноября».
func Title(q *page.Request, p page.Place) string {
	return q.Word("desk.schedule.weekday."+strconv.Itoa(int(p.Day.Weekday()))) + ", " + q.Format().Date(locales.Moment{At: p.Day, Now: q.Now})
}

// phone as people read it: +7 915 123-45-67; of other countries as it is.
func phone(e164 string) string {
	if len(e164) != 12 || !strings.HasPrefix(e164, "+7") {
		return e164
	}
	return e164[:2] + " " + e164[2:5] + " " + e164[5:8] + "-" + e164[8:10] + "-" + e164[10:]
}

// isNow tells that the line of the present moment stands before the row.
func (d day) isNow(q *page.Request, i int) bool {
	return d.IsToday() && d.Rows[i].Start.After(q.Now) && (i == 0 || !d.Rows[i-1].Start.After(q.Now))
}

// notes of a visit on paper.
func (r row) notes(q *page.Request) string {
	var all []string
	if r.First {
		all = append(all, q.Word("desk.today.first"))
	}
	if r.Status == store.StatusArrived {
		all = append(all, q.Word("desk.today.is.arrived")+" "+q.Time(r.StatusAt))
	} else if r.Status != store.StatusBooked && r.Status != store.StatusPending {
		all = append(all, q.Word("desk.today.is."+r.Status))
	} else if !r.Confirmed {
		all = append(all, q.Word("desk.today.unconfirmed"))
	}
	for _, m := range r.Missing {
		all = append(all, q.Word(m))
	}
	if r.Complaint != "" {
		all = append(all, r.Complaint)
	}
	return strings.Join(all, "; ")
}
