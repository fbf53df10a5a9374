package schedule

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/locales"
	"careline/store"
)

func (c card) name(q *page.Request) string {
	return cmp.Or(c.Patient.Row.FullName, q.Word("desk.today.nameless"))
}

func (c card) movable() bool { return seen{Appointment: c.Appointment}.movable() }

// back is the day of the visit in the schedule.
func (c card) back(q *page.Request) string {
	v := url.Values{"branch": {c.Branch.ID}, "day": {c.Start.In(q.Zone).Format("2006-01-02")}}
	if len(c.Parts) > 0 {
		v.Set("doctor", c.Parts[0].Practitioner)
	}
	return "/desk/schedule?" + v.Encode()
}

// takers are those who do the visit's service in its branch.
func (c card) takers(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.schedule.any_doctor")}}
	for _, d := range q.Clinic.Practitioners {
		if c.wish.Service != nil && performs(c.wish.Service, d) && d.Works[c.Branch.ID] != nil {
			all = append(all, page.Option{Value: d.ID, Label: q.Clinic.In(q.Language).Text(d.Name)})
		}
	}
	return all
}

// isChosen tells that the time was chosen: with this practitioner, or the same time where anybody is wanted.
func (r request) isChosen(s booking.Slot) bool {
	doctor, at, ok := chosen(r.f.Values.Get("to"), r.Branch)
	return ok && s.Start().Equal(at) && slices.ContainsFunc(s.Parts, func(p store.Part) bool { return p.Practitioner == doctor })
}

// chosen is whose time the page is about.
func (s shut) chosen() string {
	if s.All {
		return wholeBranch
	}
	return s.DoctorID()
}

// takers are those whose time can be closed.
func (s shut) takers(q *page.Request) []page.Option {
	return append(s.Doctors(q, "desk.schedule.choose_doctor"), page.Option{Value: wholeBranch, Label: q.Word("desk.schedule.whole_branch")})
}

// stretch of closed time: «24 ноября, 10:00–14:00».
func (s shut) stretch(q *page.Request, b store.Busy) string {
	from, to := b.Start.In(q.Zone), b.End.In(q.Zone)
	text := q.Format().Date(locales.Moment{At: from, Now: q.Now}) + ", "
	if s.All {
		text = nameOf(q, b.Practitioner) + ", " + text
	}
	if to.Sub(from) > 23*60*60*1e9 {
		return text + q.Word("desk.schedule.all_day")
	}
	return text + q.Time(from) + "–" + q.Time(to)
}

// name of a visit's block in the page: a visit of several parts has one for each.
func (b block) name(c column) string {
	i := slices.IndexFunc(b.Visit.Parts, func(p store.Part) bool { return p.Practitioner == c.Doctor.ID && p.Start.Equal(b.From) })
	return "v-" + b.Visit.ID + "-" + strconv.Itoa(i)
}

// sign says without colour what is known of a visit.
func sign(v *seen) string {
	switch {
	case v.Status == store.StatusArrived:
		return "●"
	case v.Status == store.StatusFulfilled:
		return "✓"
	case v.Status == store.StatusNoShow:
		return "✕"
	case v.First:
		return "1"
	}
	return ""
}
