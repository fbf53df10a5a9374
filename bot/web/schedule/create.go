package schedule

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/dialogs/words"
	"careline/store"
)

// request is a visit that is being booked: the form, and what is offered in it.
type request struct {
	asked
	f           *page.Form
	Services    []page.Option
	Free, Later []booking.Slot
	Found       []store.Patient
	Looked      bool
	wish        booking.Opening
	Taken       string // word of why it could not be booked as it was chosen
}

// most is how many patients are shown of those who are found.
const most = 8

func (p *Pages) blank(q *page.Request) error {
	asked := q.R.URL.Query()
	values := url.Values{}
	for _, field := range []string{"branch", "doctor", "day", "service", "patient"} {
		if v := asked.Get(field); v != "" {
			values.Set(field, v)
		}
	}
	if at, day := asked.Get("at"), asked.Get("day"); at != "" && day != "" && asked.Get("doctor") != "" {
		values.Set("to", asked.Get("doctor")+" "+day+"T"+at)
	}
	r, err := p.request(q, page.NewForm(q, values))
	if err != nil {
		return err
	}
	return p.draw(q, r)
}

func (p *Pages) draw(q *page.Request, r request) error {
	q.Use(p.assets)
	return q.Show(page.Schedule, q.Word("desk.schedule.new"), newcomer(q, r))
}

// request reads what has been chosen so far and finds what can be chosen next.
func (p *Pages) request(q *page.Request, f *page.Form) (r request, err error) {
	if r.asked, err = ask(q, f.Values); err != nil {
		return r, err
	}
	r.f = f
	r.Services = p.services(q, r.asked)
	service := p.Clinic.Service(f.Values.Get("service"))
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		if r.Found, err = p.look(q.Context(), tx, f); err != nil {
			return err
		}
		if service == nil || len(service.Parts) == 0 {
			return nil
		}
		r.wish = booking.Opening{Service: service, Branch: r.Branch, Doctor: r.DoctorID(), Patient: f.Values.Get("patient")}
		r.Free, r.Later, err = p.next(q.Context(), tx, r.wish, r.Day, p.Clock.Now())
		return err
	})
	if err != nil {
		return r, err
	}
	r.Looked = f.Values.Get("query") != ""
	ids := make([]string, len(r.Found))
	for i, who := range r.Found {
		ids[i] = who.ID
	}
	return r, q.Access.Viewed(q.Context(), found, "schedule", ids...)
}

// look finds patients by what was typed, those for whom they speak, and the one that is chosen.
func (p *Pages) look(ctx context.Context, tx store.Tx, f *page.Form) ([]store.Patient, error) {
	found, err := tx.FindPatients(ctx, f.Values.Get("query"), most)
	if err != nil {
		return nil, err
	}
	var list []store.Patient
	for _, who := range found {
		family, err := tx.Family(ctx, who.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range append([]store.Patient{who}, family...) {
			if !slices.ContainsFunc(list, func(x store.Patient) bool { return x.ID == one.ID }) {
				list = append(list, one)
			}
		}
	}
	id := f.Values.Get("patient")
	if id == "" || slices.ContainsFunc(list, func(x store.Patient) bool { return x.ID == id }) {
		return list, nil
	}
	one, err := tx.Patients(ctx, []string{id})
	one = slices.DeleteFunc(one, func(x store.Patient) bool { return !x.ErasedAt.IsZero() })
	return append(one, list...), err
}

// services that the practitioner, or anybody in the branch, does.
func (p *Pages) services(q *page.Request, a asked) []page.Option {
	all := []page.Option{{Label: q.Word("desk.schedule.choose_service")}}
	for _, s := range p.Clinic.Services {
		at := func(share booking.Share) bool {
			return slices.ContainsFunc(share.By, func(d *booking.Practitioner) bool { return d.Works[a.Branch.ID] != nil })
		}
		here := len(s.Parts) > 0 && !slices.ContainsFunc(s.Parts, func(share booking.Share) bool { return !at(share) })
		if here && (a.Doctor == nil || performs(s, a.Doctor)) {
			all = append(all, page.Option{Value: s.ID, Label: p.Clinic.In(q.Language).Text(s.Title) + " · " + q.Format().Duration(s.Duration())})
		}
	}
	return all
}

// create shows the form again with what can be chosen next, until the visit is booked.
func (p *Pages) create(q *page.Request) error {
	f := q.Form()
	r, err := p.request(q, f)
	if err != nil {
		return err
	}
	if f.Values.Get("do") != "book" {
		return p.draw(q, r)
	}
	who := p.patient(q, f)
	doctor, at, ok := chosen(f.Values.Get("to"), r.Branch)
	if r.wish.Service == nil {
		f.Wrong("service", "desk.page.choose")
	}
	if !ok {
		f.Wrong("to", "desk.page.choose")
	}
	if !f.Good() {
		q.Refuse(http.StatusUnprocessableEntity)
		return p.draw(q, r)
	}
	w := r.wish
	w.Doctor = doctor
	visit, err := p.book(q, w, who, at)
	var clash *booking.ClashError
	switch {
	case errors.As(err, &clash):
		r.Taken = "desk.schedule.elsewhere"
	case errors.Is(err, store.ErrTaken):
		r.Taken = "desk.schedule.taken"
	case errors.Is(err, errAnother):
		if r.Found, err = p.owners(q, who.Phone); err != nil {
			return err
		}
		f.Wrong("phone", "desk.schedule.phone_known")
		q.Refuse(http.StatusUnprocessableEntity)
		return p.draw(q, r)
	case err != nil:
		return err
	default:
		q.Toast("desk.schedule.told.booked")
		return q.Redirect("/desk/schedule/visit/" + visit)
	}
	again, err := p.request(q, f) // what is free now
	if err != nil {
		return err
	}
	again.Taken = r.Taken
	q.Refuse(http.StatusConflict)
	return p.draw(q, again)
}

// patient is who was chosen, by id, or somebody new.
func (p *Pages) patient(q *page.Request, f *page.Form) (who store.Patient) {
	if who.ID = f.Values.Get("patient"); who.ID != "" {
		return who
	}
	who.FullName = strings.Join(strings.Fields(f.Text("name", page.Required, page.Max(120))), " ")
	if phone, ok := words.Phone(f.Text("phone", page.Required, page.Max(40))); ok {
		who.Phone = phone
	} else {
		f.Wrong("phone", "desk.schedule.phone_wrong")
	}
	return who
}

// errAnother: somebody with that phone and another name is known, and nobody has said that this is somebody else.
var errAnother = errors.New("the phone is somebody else's")

// book makes the visit, and the patient when they are new.
func (p *Pages) book(q *page.Request, w booking.Opening, who store.Patient, at time.Time) (visit string, err error) {
	now := p.Clock.Now()
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		id, err := p.enrol(q, tx, who, now)
		if err != nil {
			return err
		}
		w.Patient = "" // that the patient is elsewhere is told as such
		if w.Visit, err = already(q.Context(), tx, w, id, at); err != nil {
			return err
		}
		slot, free, err := p.reception.OpeningAt(q.Context(), tx, w, at, now)
		if err != nil {
			return err
		}
		if !free {
			return store.ErrTaken
		}
		request := booking.Request{Slot: p.Clinic.In(q.Language).Slot(slot), Patient: id, Key: q.Once()}
		v, err := p.reception.Book(q.Context(), tx, by(q, id, ""), request, now)
		if err != nil {
			return err
		}
		visit = v.ID
		return q.Access.Audit(q.Context(), tx, booked, id, "visit/"+v.ID)
	})
	return visit, err
}

// already is the visit that the patient has at that very moment: of a form that is sent again.
func already(ctx context.Context, tx store.Tx, w booking.Opening, patient string, at time.Time) (string, error) {
	visits, err := tx.AppointmentsOf(ctx, []string{patient}, at, at.Add(time.Microsecond))
	for _, v := range visits {
		if v.Service == w.Service.ID && v.Status == store.StatusBooked {
			return v.ID, nil
		}
	}
	return "", err
}

// enrol is the id of the patient: of who was chosen, of who is known by that name and phone, or of somebody new.
func (p *Pages) enrol(q *page.Request, tx store.Tx, who store.Patient, now time.Time) (string, error) {
	if who.ID != "" {
		list, err := tx.Patients(q.Context(), []string{who.ID})
		if err == nil && (len(list) == 0 || !list[0].ErasedAt.IsZero()) {
			err = page.NotFound
		}
		return who.ID, err
	}
	owners, err := tx.PatientsAt(q.Context(), []string{who.Phone})
	if err != nil {
		return "", err
	}
	for _, o := range owners {
		if words.SameName(o.FullName, who.FullName) {
			return o.ID, nil
		}
	}
	if len(owners) > 0 && !q.Form().On("another") {
		return "", errAnother
	}
	who.ID, who.CreatedAt = p.IDs(), now
	if err := tx.SavePatients(q.Context(), []store.Patient{who}); err != nil {
		return "", err
	}
	return who.ID, q.Access.Audit(q.Context(), tx, added, who.ID, "")
}

// owners of the phone.
func (p *Pages) owners(q *page.Request, phone string) (list []store.Patient, err error) {
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		list, err = tx.PatientsAt(q.Context(), []string{phone})
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, who := range list {
		ids[i] = who.ID
	}
	return list, q.Access.Viewed(q.Context(), found, "schedule", ids...)
}
