package schedule

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/dialogs/words"
	"careline/locales"
	"careline/store"
)

const (
	tick     = 5   // minutes: the grain of a column
	earliest = 480 // minutes after midnight: what is shown at least
	latest   = 1200
)

// grid is what is shown.
type grid struct {
	asked
	From, To int // minutes after midnight
	Columns  []column
}

// column is a practitioner's day.
type column struct {
	Key         string // practitioner/2026-11-23
	Doctor      *booking.Practitioner
	Day         time.Time
	Title, Sub  string
	Work, Acute [][2]time.Time
	Blocks      []block
}

// block is something that takes a practitioner's time.
type block struct {
	From, To time.Time
	Busy     store.BusyKind
	Visit    *seen // of a visit
}

// seen is a visit as the grid shows it.
type seen struct {
	store.Appointment
	Name, Service string
	Away          bool // in another branch
}

// read what is shown.
func (p *Pages) read(ctx context.Context, q *page.Request, a asked) (g grid, err error) {
	g.asked = a
	from, to := a.span()
	var busy []store.Busy
	var visits []store.Appointment
	var people map[string]*booking.Person
	shown := p.columns(q, a)
	var who []string
	for _, c := range shown {
		if !slices.Contains(who, c.Doctor.ID) {
			who = append(who, c.Doctor.ID)
		}
	}
	err = p.Store.Read(ctx, func(tx store.Tx) error {
		if visits, err = tx.AppointmentsBetween(ctx, "", from, to); err != nil {
			return err
		}
		visits = slices.DeleteFunc(visits, func(v store.Appointment) bool {
			return v.Status == store.StatusError || v.Status == store.StatusCancelled ||
				!slices.ContainsFunc(v.Parts, func(x store.Part) bool { return slices.Contains(who, x.Practitioner) })
		})
		if busy, err = tx.Busy(ctx, who, from, to, p.Clock.Now()); err != nil {
			return err
		}
		people, err = p.reception.Known(ctx, tx, patients(visits), false)
		return err
	})
	if err != nil {
		return g, err
	}
	for i := range shown {
		shown[i].fill(q, a, visits, busy, people)
	}
	g.Columns = shown
	if a.Doctor == nil { // who neither works nor sees anybody on the day needs no column
		g.Columns = slices.DeleteFunc(shown, func(c column) bool { return len(c.Work) == 0 && !c.hasVisits() })
	}
	g.frame()
	return g, nil
}

func patients(visits []store.Appointment) (ids []string) {
	for _, v := range visits {
		if v.PatientID != "" {
			ids = append(ids, v.PatientID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// columns without what stands in them.
func (p *Pages) columns(q *page.Request, a asked) (all []column) {
	in := q.Clinic.In(q.Language)
	from, to := a.span()
	if a.Doctor == nil {
		for _, d := range q.Clinic.Practitioners {
			if d.Works[a.Branch.ID] != nil {
				all = append(all, column{Doctor: d, Day: from, Title: short(in.Text(d.Name)), Sub: p.specialty(q, d)})
			}
		}
	} else {
		for day := from; day.Before(to); day = day.AddDate(0, 0, 1) {
			date := q.Format().Date(locales.Moment{At: day, Now: q.Now})
			all = append(all, column{Doctor: a.Doctor, Day: day, Title: q.Word("desk.schedule.weekday." + strconv.Itoa(int(day.Weekday()))), Sub: date})
		}
	}
	for i, c := range all {
		all[i].Key = c.Doctor.ID + "/" + c.Day.Format(time.DateOnly)
		all[i].Work = q.Clinic.Working(c.Doctor, a.Branch, c.Day.Add(12*time.Hour))
		all[i].Acute = q.Clinic.KeptForAcute(c.Doctor, a.Branch, c.Day.Add(12*time.Hour))
	}
	return all
}

func (p *Pages) specialty(q *page.Request, d *booking.Practitioner) string {
	for _, s := range q.Clinic.Specialties {
		if slices.Contains(d.Specialties, s.ID) {
			return q.Clinic.In(q.Language).Text(s.Title)
		}
	}
	return ""
}

// short is a name of three words without the last: «Соколова Мария».
func short(name string) string {
	f := strings.Fields(name)
	return strings.Join(f[:min(2, len(f))], " ")
}

// fill puts into a column what stands in it.
func (c *column) fill(q *page.Request, a asked, visits []store.Appointment, busy []store.Busy, people map[string]*booking.Person) {
	next := c.Day.AddDate(0, 0, 1)
	for _, v := range visits {
		for _, part := range v.Parts {
			if part.Practitioner != c.Doctor.ID || !part.Start.Before(next) || !part.End.After(c.Day) {
				continue
			}
			s := &seen{Appointment: v, Service: q.Clinic.In(q.Language).Outline(v).Service.Title, Away: v.Branch != a.Branch.ID}
			s.Service = cmp.Or(s.Service, v.Service)
			if who := people[v.PatientID]; who != nil && who.Row.ErasedAt.IsZero() {
				s.Name = cmp.Or(who.Row.FullName, words.GivenName(who.Row.FullName), q.Word("desk.today.nameless"))
			} else {
				s.Name = q.Word("desk.today.erased")
			}
			c.Blocks = append(c.Blocks, block{part.Start, part.End, store.Booked, s})
		}
	}
	for _, b := range busy {
		if b.Practitioner == c.Doctor.ID && b.Kind != store.Booked && b.Start.Before(next) && b.End.After(c.Day) {
			c.Blocks = append(c.Blocks, block{b.Start, b.End, b.Kind, nil})
		}
	}
	slices.SortStableFunc(c.Blocks, func(x, y block) int { return x.From.Compare(y.From) })
}

func (c column) hasVisits() bool {
	return slices.ContainsFunc(c.Blocks, func(b block) bool { return b.Visit != nil })
}

// frame finds the hours between which everything stands.
func (g *grid) frame() {
	g.From, g.To = earliest, latest
	widen := func(c column, from, to time.Time) {
		g.From = min(g.From, minutes(c.Day, from)/60*60)
		g.To = max(g.To, (minutes(c.Day, to)+59)/60*60)
	}
	for _, c := range g.Columns {
		for _, w := range c.Work {
			widen(c, w[0], w[1])
		}
		for _, b := range c.Blocks {
			if b.Visit != nil {
				widen(c, b.From, b.To)
			}
		}
	}
	g.From, g.To = max(g.From, 0), min(g.To, 24*60)
}

// minutes after midnight of the day, by the wall clock; outside of the day it is its edge.
func minutes(day, t time.Time) int {
	t = t.In(day.Location())
	switch {
	case t.Before(day):
		return 0
	case !t.Before(day.AddDate(0, 0, 1)):
		return 24 * 60
	}
	return t.Hour()*60 + t.Minute()
}

// at is the class of a place from … to in a column; empty when it is not shown.
func (g grid) at(c column, from, to time.Time) string {
	a, b := max(minutes(c.Day, from), g.From), min(minutes(c.Day, to), g.To)
	if b <= a {
		return "unseen"
	}
	first := (a - g.From) / tick
	return "f" + strconv.Itoa(first) + " n" + strconv.Itoa(max((b-g.From+tick-1)/tick-first, 1))
}

// hours that stand at the side.
func (g grid) hours() (all []int) {
	for m := g.From; m < g.To; m += 60 {
		all = append(all, m)
	}
	return all
}

// row is the class of an hour.
func (g grid) row(m int) string { return "f" + strconv.Itoa((m-g.From)/tick) + " n12" }

// all visits' patients that are shown.
func (g grid) patients() []string {
	var visits []store.Appointment
	for _, c := range g.Columns {
		for _, b := range c.Blocks {
			if b.Visit != nil {
				visits = append(visits, b.Visit.Appointment)
			}
		}
	}
	return patients(visits)
}

// movable: the desk may still give it another time.
func (s seen) movable() bool {
	return s.Status == store.StatusBooked || s.Status == store.StatusPending
}
