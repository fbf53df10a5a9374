package schedule

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/bot/web/today"
	"careline/store"

	"github.com/a-h/templ"
)

// card is a visit with what can be done with it.
type card struct {
	store.Appointment
	Branch      *booking.Branch
	Patient     *booking.Person // nil = erased
	Service     string
	Chat        string // in which the patient can be written to; empty = none
	Doctor      string // of whom times are wanted; empty = any
	Day         time.Time
	Free, Later []booking.Slot
	wish        booking.Opening
	Taken       bool   // the time that was wanted is somebody else's
	Taker       string // who has it, in words
	News        news
}

// known is the visit of the path, if the reader may know of it.
func (p *Pages) known(ctx context.Context, tx store.Tx, q *page.Request) (store.Appointment, error) {
	list, err := tx.AppointmentsByID(ctx, []string{q.ID("id")})
	switch {
	case err != nil:
		return store.Appointment{}, err
	case len(list) == 0 || q.Account.OnlyOwn() && !q.Account.Treats(list[0]):
		return store.Appointment{}, page.NotFound
	}
	return list[0], nil
}

// read a visit; day and doctor are those whose free times are wanted.
func (p *Pages) card(q *page.Request, day, doctor string) (c card, err error) {
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		v, err := p.known(q.Context(), tx, q)
		if err != nil {
			return err
		}
		c = card{Appointment: v, Doctor: doctor, Branch: p.Clinic.Branch(v.Branch)}
		if c.Branch == nil { // it was closed since
			c.Branch = p.Clinic.Branches[0]
		}
		q.Zone = c.Branch.Zone
		q.Now = q.Now.In(q.Zone)
		c.Day = page.Midnight(v.Start.In(q.Zone))
		if c.Day.Before(page.Midnight(q.Now)) {
			c.Day = page.Midnight(q.Now)
		}
		if on, err := time.ParseInLocation(time.DateOnly, day, q.Zone); err == nil && on.Year() > 1900 && on.Year() < 2200 {
			c.Day = on
		}
		c.Service = cmp.Or(p.Clinic.In(q.Language).Outline(v).Service.Title, v.Service)
		people, err := p.reception.Known(q.Context(), tx, []string{v.PatientID}, false)
		if err != nil {
			return err
		}
		if who := people[v.PatientID]; who != nil && who.Row.ErasedAt.IsZero() {
			c.Patient = who
		}
		if c.Chat, err = chat(q.Context(), tx, v.PatientID); err != nil {
			return err
		}
		if c.News, err = p.news(q.Context(), tx, v); err != nil {
			return err
		}
		if c.Patient != nil {
			c.News.Phone = c.Patient.Row.Phone
		}
		if !q.May(access.Book) || !(seen{Appointment: v}).movable() || p.Clinic.Service(v.Service) == nil {
			return nil
		}
		c.wish = booking.Opening{Service: p.Clinic.Service(v.Service), Branch: c.Branch, Doctor: doctor, Patient: v.PatientID, Visit: v.ID}
		c.Free, c.Later, err = p.next(q.Context(), tx, c.wish, c.Day, p.Clock.Now())
		return err
	})
	if err != nil {
		return c, err
	}
	return c, q.Access.Viewed(q.Context(), visitSeen, "visit/"+c.ID, slices.DeleteFunc([]string{c.PatientID}, func(id string) bool { return id == "" })...)
}

// chat in which the patient can be written to.
func chat(ctx context.Context, tx store.Tx, patient string) (string, error) {
	reached, err := tx.Reach(ctx, []string{patient})
	if err != nil || len(reached) == 0 {
		return "", err
	}
	return reached[0].Contact.ID, nil
}

func (p *Pages) visit(q *page.Request) error {
	asked := q.R.URL.Query()
	c, err := p.card(q, asked.Get("day"), asked.Get("doctor"))
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow("/desk/schedule/visit/" + c.ID + "/live")
	return q.Show(page.Schedule, q.Word("desk.schedule.visit"), about(q, c))
}

// visitLive tells whether the patient knows of the last change.
func (p *Pages) visitLive(q *page.Request) error {
	if _, err := p.card(q, "", ""); err != nil {
		return err
	}
	return q.StreamLook(visitSeen, func(ctx context.Context) (page.Look, error) {
		var n news
		err := p.Store.Read(ctx, func(tx store.Tx) error {
			v, err := p.known(ctx, tx, q)
			if err == nil {
				n, err = p.news(ctx, tx, v)
			}
			return err
		})
		return page.Look{Parts: []page.Fragment{{Name: "news", Body: newsOf(q, n)}}}, err
	}, page.DayKey, page.InboxKey)
}

// move gives the visit the time that was chosen. Where somebody was faster the next ones are told.
func (p *Pages) move(q *page.Request) error {
	f := q.Form()
	var taken *time.Time
	var doctor string
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error {
		taken = nil
		v, err := p.reception.FindVisit(q.Context(), tx, booking.Ref{ID: q.ID("id")})
		if err != nil {
			return err
		}
		branch := p.Clinic.Branch(cmp.Or(f.Values.Get("branch"), v.Branch))
		if branch == nil {
			return page.Malformed
		}
		who, at, ok := chosen(f.Values.Get("to"), branch)
		if !ok {
			return page.Malformed
		}
		doctor = who
		w := booking.Opening{Service: p.Clinic.Service(v.Service), Branch: branch, Doctor: who, Patient: v.PatientID, Visit: v.ID}
		if w.Service == nil {
			return page.Conflict("desk.schedule.gone")
		}
		slot, free, err := p.reception.OpeningAt(q.Context(), tx, w, at, p.Clock.Now())
		if err != nil {
			return err
		}
		if !free {
			taken = &at
			return nil
		}
		_, err = p.reception.Move(q.Context(), tx, by(q, v.PatientID, v.ContactID), v.ID, p.Clinic.In(q.Language).Slot(slot), p.Clock.Now())
		if err != nil {
			return ignoreTaken(err, &taken, at)
		}
		return q.Access.Audit(q.Context(), tx, moved, v.PatientID, "visit/"+v.ID)
	})
	switch {
	case err != nil:
		return refusal(err)
	case taken != nil:
		c, err := p.card(q, taken.Format(time.DateOnly), doctor)
		if err != nil {
			return err
		}
		c.Taken = true
		if c.Taker, err = p.taker(q, c, doctor, *taken); err != nil {
			return err
		}
		q.Use(p.assets)
		q.Refuse(http.StatusConflict)
		return q.Show(page.Schedule, q.Word("desk.schedule.visit"), c.told(q))
	}
	q.Toast("desk.schedule.told.moved")
	return p.after(q, "/desk/schedule/visit/"+q.ID("id"))
}

// told is the whole visit, or only the times that are left when a script has asked.
func (c card) told(q *page.Request) templ.Component {
	if q.IsFragment() {
		return clash(q, c)
	}
	return about(q, c)
}

// after a change the page is drawn again that the script shows, or the browser is sent on.
func (p *Pages) after(q *page.Request, path string) error {
	if !q.IsFragment() {
		return q.Redirect(path)
	}
	a, err := ask(q, q.Form().Values)
	if err != nil {
		return err
	}
	g, err := p.read(q.Context(), q, a)
	if err != nil {
		return err
	}
	return q.Part(table(q, g))
}

func (p *Pages) cancel(q *page.Request) error {
	f := q.Form()
	reason := f.One("reason", today.Reasons()...)
	if !f.Good() {
		return page.Malformed
	}
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error {
		v, err := p.reception.FindVisit(q.Context(), tx, booking.Ref{ID: q.ID("id")})
		if err != nil {
			return err
		}
		if _, err = p.reception.Cancel(q.Context(), tx, by(q, v.PatientID, v.ContactID), v.ID, reason, p.Clock.Now()); err != nil {
			return err
		}
		return q.Access.Audit(q.Context(), tx, cancelled, v.PatientID, "visit/"+v.ID)
	})
	if err != nil {
		return refusal(err)
	}
	q.Toast("desk.schedule.told.cancelled")
	return q.Redirect("/desk/schedule/visit/" + q.ID("id"))
}
