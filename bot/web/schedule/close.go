package schedule

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/store"
)

// longest is how many days are closed at once.
const longest = 62

// shut is a practitioner's closed time around a day, and the visits that stand where it is to be closed.
type shut struct {
	asked
	f         *page.Form
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
	s.f = f
	if s.Doctor == nil {
		return s, nil
	}
	from, to := s.Day.AddDate(0, 0, -1), s.Day.AddDate(0, 0, longest)
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		busy, err := tx.Busy(q.Context(), []string{s.Doctor.ID}, from, to, p.Clock.Now())
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
				return b.Start.Before(last) && first.Before(b.End)
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
	if a.Doctor == nil {
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
			visits, err := p.reception.Close(q.Context(), tx, a.Doctor.ID, at(begins), at(ends), p.Clock.Now())
			if err != nil {
				return err
			}
			left += len(visits)
		}
		tx.Wake(store.DayTopic)
		return q.Access.Audit(q.Context(), tx, closed, "", "practitioner/"+a.Doctor.ID+"/"+first.Format(time.DateOnly))
	})
	if err != nil {
		return refusal(err)
	}
	q.Toast("desk.schedule.told.closed")
	if left > 0 {
		return q.Redirect(path(a.On(first), "/close"))
	}
	return q.Redirect(path(a.On(first), ""))
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
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		if err := tx.OpenTime(q.Context(), f.Values.Get("id")); err != nil {
			return err
		}
		tx.Wake(store.DayTopic)
		return q.Access.Audit(q.Context(), tx, opened, "", "practitioner/"+a.DoctorID()+"/"+a.Day.Format(time.DateOnly))
	})
	if err != nil {
		return err
	}
	q.Toast("desk.schedule.told.opened")
	return q.Redirect(a.path("/close"))
}
