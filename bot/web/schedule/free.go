package schedule

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/locales"
	"careline/store"
)

// local is how a moment stands in forms, by the branch's clock.
const local = "2006-01-02T15:04"

// offered is how many of the next free times are told.
const offered = 8

// next are free times from then on, the soonest first: a day's, or a few when there are none on it.
func (p *Pages) next(ctx context.Context, tx store.Tx, w booking.Opening, day, now time.Time) (today, later []booking.Slot, err error) {
	free, err := p.reception.Openings(ctx, tx, w, day, day.AddDate(0, 0, 1), now)
	if err != nil {
		return nil, nil, err
	}
	today = slices.Collect(free.All())
	far, err := p.reception.Openings(ctx, tx, w, day.AddDate(0, 0, 1), now.Add(p.Clinic.Booking.Horizon), now)
	if err != nil {
		return nil, nil, err
	}
	return today, far.Choose(nil, offered), nil
}

// taker is who of the slot's practitioners is named: the one wished for, or the first.
func taker(w booking.Opening, s booking.Slot) store.Part {
	for _, part := range s.Parts {
		if part.Practitioner == w.Doctor {
			return part
		}
	}
	return s.Parts[0]
}

// value of a slot in a form: who and when.
func value(w booking.Opening, s booking.Slot) string {
	return taker(w, s).Practitioner + " " + s.Start().In(w.Branch.Zone).Format(local)
}

// chosen reads a value; false when it is none.
func chosen(value string, b *booking.Branch) (doctor string, at time.Time, ok bool) {
	doctor, when, _ := strings.Cut(value, " ")
	at, err := time.ParseInLocation(local, when, b.Zone)
	return doctor, at, err == nil && at.Year() > 1900 && at.Year() < 2200
}

// place is where a visit may be put, for the script.
type place struct {
	Column string `json:"column"`
	Row    int    `json:"row"`
	Rows   int    `json:"rows"`
	To     string `json:"to"`
	Label  string `json:"label"`
}

// places of the columns that are shown into which the visit may be moved.
func (p *Pages) places(q *page.Request) error {
	a, err := ask(q, q.R.URL.Query())
	if err != nil {
		return err
	}
	g, err := p.read(q.Context(), q, a)
	if err != nil {
		return err
	}
	all := []place{}
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		v, err := p.known(q.Context(), tx, q)
		if err != nil {
			return err
		}
		w := booking.Opening{Service: p.Clinic.Service(v.Service), Branch: a.Branch, Patient: v.PatientID, Visit: v.ID}
		if w.Service == nil {
			return nil
		}
		for i, c := range g.Columns {
			if w.Doctor = c.Doctor.ID; i > 0 && a.Doctor != nil || !performs(w.Service, c.Doctor) {
				continue
			}
			from, to := a.span()
			free, err := p.reception.Openings(q.Context(), tx, w, from, to, p.Clock.Now())
			if err != nil {
				return err
			}
			for s := range free.All() {
				if !slices.EqualFunc(s.Parts, v.Parts, func(x, y store.Part) bool { return x.Practitioner == y.Practitioner && x.Start.Equal(y.Start) }) {
					all = append(all, g.place(q, w, s))
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(q.W).Encode(all)
}

func performs(s *booking.Service, d *booking.Practitioner) bool {
	return slices.ContainsFunc(s.Parts, func(x booking.Share) bool { return slices.Contains(x.By, d) })
}

func (g grid) place(q *page.Request, w booking.Opening, s booking.Slot) place {
	part := taker(w, s)
	start := part.Start.In(w.Branch.Zone)
	day := page.Midnight(start)
	first := (minutes(day, start) - g.From) / tick
	return place{
		Column: part.Practitioner + "/" + day.Format(time.DateOnly), Row: first, Rows: int(part.End.Sub(part.Start) / (tick * time.Minute)),
		To: value(w, s), Label: q.Format().When(locales.Moment{At: start, Now: q.Now}) + ", " + nameOf(q, part.Practitioner),
	}
}

// nameOf is a practitioner's name.
func nameOf(q *page.Request, id string) string {
	if d := q.Clinic.Practitioner(id); d != nil {
		return q.Clinic.In(q.Language).Text(d.Name)
	}
	return id
}
