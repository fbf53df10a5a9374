package schedule

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/store"
)

// longest is how many days are closed at once.
const longest = 62

// quarter of an hour, in minutes: the step at which time is closed.
const quarter = 15

// wholeBranch is chosen instead of a practitioner.
const wholeBranch = "*"

// shut is the closed time of a practitioner, or of all of the branch, around a day, and the visits that stand where it is to be closed.
type shut struct {
	asked
	f         *page.Form
	All       bool // of the branch
	Closed    []store.Busy
	Conflicts []conflict
}

// conflict is a visit that has to go.
type conflict struct {
	store.Appointment
	Name, Service string
}

func (p *Pages) closing(q *page.Request) error {
	asked := q.R.URL.Query()
	s, err := p.shut(q, asked, page.NewForm(q, nil))
	if err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Schedule, q.Word("desk.schedule.closing"), shutting(q, s))
}

// shut reads what is closed in the four weeks from the day on.
func (p *Pages) shut(q *page.Request, wanted url.Values, f *page.Form) (s shut, err error) {
	if s.asked, err = ask(q, wanted); err != nil {
		return s, err
	}
	s.f, s.All = f, wanted.Get("doctor") == wholeBranch
	var who []string
	for _, d := range s.of(q, s.All) {
		who = append(who, d.ID)
	}
	if len(who) == 0 {
		return s, nil
	}
	from, to := s.Day.AddDate(0, 0, -1), s.Day.AddDate(0, 0, longest)
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		busy, err := tx.Busy(q.Context(), who, from, to, p.Clock.Now())
		if err != nil {
			return err
		}
		var visits []string
		for _, b := range busy {
			if b.Kind == store.Unavailable {
				s.Closed = append(s.Closed, b)
			}
		}
		for _, b := range busy {
			if b.Kind == store.Booked && slices.ContainsFunc(s.Closed, func(c store.Busy) bool {
				first, last := booking.Whole(c)
				return b.Practitioner == c.Practitioner && b.Start.Before(last) && first.Before(b.End)
			}) {
				visits = append(visits, b.Appointment)
			}
		}
		s.Conflicts, err = p.conflicts(q, tx, visits)
		return err
	})
	if err != nil {
		return s, err
	}
	var seen []string
	for _, c := range s.Conflicts {
		seen = append(seen, c.PatientID)
	}
	return s, q.Access.Viewed(q.Context(), scheduleSeen, s.ref(), seen...)
}

func (p *Pages) conflicts(q *page.Request, tx store.Tx, ids []string) (all []conflict, err error) {
	visits, err := tx.AppointmentsByID(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	people, err := p.reception.Known(q.Context(), tx, patients(visits), false)
	if err != nil {
		return nil, err
	}
	for _, v := range visits {
		c := conflict{v, q.Word("desk.today.erased"), cmp.Or(p.Clinic.In(q.Language).Outline(v).Service.Title, v.Service)}
		if who := people[v.PatientID]; who != nil {
			c.Name = cmp.Or(who.Row.FullName, q.Word("desk.today.nameless"))
		}
		all = append(all, c)
	}
	return all, nil
}

// close takes a practitioner's time off, day by day. Visits that stand there stay until somebody moves them.
func (p *Pages) close(q *page.Request) error {
	f := q.Form()
	a, err := ask(q, f.Values)
	if err != nil {
		return err
	}
	all := f.Values.Get("doctor") == wholeBranch
	if len(a.of(q, all)) == 0 {
		f.Wrong("doctor", "desk.page.choose")
	}
	first, last := f.Date("first"), f.Date("last")
	begins, ends := clock(f, "begins", 0), clock(f, "ends", 24*60)
	if f.Good() && (last.Before(first) || last.Sub(first) > longest*24*time.Hour || begins >= ends) {
		f.Wrong("last", "desk.schedule.span")
	}
	if !f.Good() {
		s, err := p.shut(q, f.Values, f)
		if err != nil {
			return err
		}
		q.Use(p.assets)
		return q.Again(page.Schedule, q.Word("desk.schedule.closing"), shutting(q, s))
	}
	left := 0
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		left = 0
		for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
			at := func(m int) time.Time {
				return time.Date(day.Year(), day.Month(), day.Day(), 0, m, 0, 0, day.Location())
			}
			for _, d := range a.of(q, all) {
				n, err := p.closeDay(q.Context(), tx, a, d, all, at(begins), at(ends))
				if err != nil {
					return err
				}
				left += n
			}
		}
		tx.Wake(store.DayTopic)
		return q.Access.Audit(q.Context(), tx, closed, "", a.whose(all)+"/"+first.Format(time.DateOnly))
	})
	if err != nil {
		return refusal(err)
	}
	q.Toast("desk.schedule.told.closed")
	if left > 0 {
		return q.Redirect(a.closing(all, first))
	}
	return q.Redirect(path(a.On(first), ""))
}

// closeDay takes time of one day, and returns how many visits stand in it. A closed branch takes of its people only
// what they work there.
func (p *Pages) closeDay(ctx context.Context, tx store.Tx, a asked, d *booking.Practitioner, all bool, from, to time.Time) (left int, err error) {
	spans := [][2]time.Time{{from, to}}
	if all {
		spans = p.Clinic.Working(d, a.Branch, page.Midnight(from).Add(12*time.Hour))
	}
	for _, s := range spans {
		begin, end := s[0], s[1]
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		if !begin.Before(end) {
			continue
		}
		visits, err := p.reception.Close(ctx, tx, d.ID, begin, end, p.Clock.Now())
		if err != nil {
			return left, err
		}
		left += len(visits)
	}
	return left, nil
}

// of are those whose time is meant: the practitioner, or all who work in the branch.
func (a asked) of(q *page.Request, all bool) (who []*booking.Practitioner) {
	for _, d := range q.Clinic.Practitioners {
		if d.Works[a.Branch.ID] != nil && (all || d == a.Doctor) {
			who = append(who, d)
		}
	}
	return who
}

// whose time it is, in the audit.
func (a asked) whose(all bool) string {
	if all {
		return "branch/" + a.Branch.ID
	}
	return "practitioner/" + a.DoctorID()
}

// closing is the page of what is closed from the day on.
func (a asked) closing(all bool, day time.Time) string {
	v := a.On(day).Values()
	if all {
		v.Set("doctor", wholeBranch)
	}
	return "/desk/schedule/close?" + v.Encode()
}

// clocks are the quarters of an hour at which the branch may be open, after a choice of none.
func (a asked) clocks(none string) []page.Option {
	from, to := 24*60, 0
	widen := func(open []booking.Stretch) {
		for _, s := range open {
			from, to = min(from, s.From), max(to, s.To)
		}
	}
	for _, open := range a.Branch.Hours.Week {
		widen(open)
	}
	for _, d := range a.Branch.Hours.Dated {
		widen(d.Stretches)
	}
	all := []page.Option{{Label: none}}
	for m := from / quarter * quarter; m <= min(to, 24*60-1); m += quarter {
		text := fmt.Sprintf("%02d:%02d", m/60, m%60)
		all = append(all, page.Option{Value: text, Label: text})
	}
	return all
}

// clock is a time of the day in minutes; an empty one is otherwise.
func clock(f *page.Form, field string, otherwise int) int {
	text := f.Text(field)
	if text == "" {
		return otherwise
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		f.Wrong(field, "desk.page.wrong")
		return 0
	}
	return (t.Hour()*60 + t.Minute()) / tick * tick
}

// open gives closed time back.
func (p *Pages) open(q *page.Request) error {
	f := q.Form()
	a, err := ask(q, f.Values)
	if err != nil {
		return err
	}
	all := f.Values.Get("doctor") == wholeBranch
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		if err := tx.OpenTime(q.Context(), f.Values.Get("id")); err != nil {
			return err
		}
		tx.Wake(store.DayTopic)
		return q.Access.Audit(q.Context(), tx, opened, "", a.whose(all)+"/"+a.Day.Format(time.DateOnly))
	})
	if err != nil {
		return err
	}
	q.Toast("desk.schedule.told.opened")
	return q.Redirect(a.closing(all, a.Day))
}
