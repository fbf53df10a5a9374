package today

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/store"
)

// day is who comes.
type day struct {
	asked
	Rows   []row
	Counts counts
}

// row is a visit as the list shows it.
type row struct {
	store.Appointment
	Name      string // empty = the patient was erased
	Phone     string
	Service   string
	Doctors   string
	Complaint string
	Missing   []string // words desk.today.missing.…
	Asked     bool     // somebody is to say whether they came
	Call      bool     // the visit has changed, and the patient could not be written to
}

// counts of the day's visits. Those that were cancelled are nobody's coming.
type counts struct{ Visits, First, Came, Done, Unconfirmed, NoShow, Cancelled, Open int }

// read the day.
func (p *Pages) read(ctx context.Context, q *page.Request, a asked) (d day, err error) {
	d.asked = a
	err = p.Store.Read(ctx, func(tx store.Tx) error {
		visits, err := tx.AppointmentsBetween(ctx, a.Branch.ID, a.Day, a.Tomorrow())
		if err != nil {
			return err
		}
		visits = slices.DeleteFunc(visits, func(v store.Appointment) bool { return v.Status == store.StatusError || !a.has(v) })
		d.Rows, err = p.rows(ctx, tx, q, visits)
		return err
	})
	for _, r := range d.Rows {
		d.Counts.add(r)
	}
	return d, err
}

func (a asked) has(v store.Appointment) bool {
	return a.Doctor == nil || slices.ContainsFunc(v.Parts, func(p store.Part) bool { return p.Practitioner == a.Doctor.ID })
}

func (p *Pages) rows(ctx context.Context, tx store.Tx, q *page.Request, visits []store.Appointment) ([]row, error) {
	var ids, patients []string
	for _, v := range visits {
		ids, patients = append(ids, v.ID), append(patients, v.PatientID)
	}
	people, err := p.reception.Known(ctx, tx, patients, true)
	if err != nil {
		return nil, err
	}
	open, err := tx.TicketsAbout(ctx, ids)
	if err != nil {
		return nil, err
	}
	words := p.Clinic.In(q.Language)
	rows := make([]row, len(visits))
	for i, v := range visits {
		seen := words.Outline(v)
		r := row{Appointment: v, Service: named(seen.Service.Title, v.Service), Doctors: doctors(seen.Doctors)}
		if who := people[v.PatientID]; who != nil && who.Row.ErasedAt.IsZero() {
			r.Name, r.Phone = named(who.Row.FullName, q.Word("desk.today.nameless")), who.Row.Phone
			r.Missing = p.missing(v, who)
		}
		r.Call = slices.ContainsFunc(open, func(k store.Ticket) bool { return k.Visit == v.ID && k.Kind == desk.Rescheduled })
		r.Asked = desk.Undecided(v.Status) && slices.ContainsFunc(open, func(k store.Ticket) bool { return k.Visit == v.ID && k.Kind == desk.Outcome })
		if q.May(access.ReadHealth) && desk.Undecided(v.Status) {
			if r.Complaint, err = complaint(ctx, tx, v); err != nil {
				return nil, err
			}
		}
		rows[i] = r
	}
	return rows, nil
}

func named(name, id string) string {
	if name == "" {
		return id
	}
	return name
}

func doctors(list []dialogs.Practitioner) string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = named(d.Name, d.ID) // who has left careline.yaml has no name
	}
	return strings.Join(names, ", ")
}

// missing is what somebody has to see to before the visit.
func (p *Pages) missing(v store.Appointment, who *booking.Person) (words []string) {
	if !desk.Undecided(v.Status) {
		return nil
	}
	if !who.Consents["personal"] {
		words = append(words, "desk.today.missing.personal")
	}
	if v.First && len(p.health) > 0 && !p.told(who.Row) {
		words = append(words, "desk.today.missing.blank")
	}
	return words
}

// told: the patient has answered something of what the questionnaires ask.
func (p *Pages) told(who store.Patient) bool {
	var memory map[string]json.RawMessage
	if len(who.Memory) == 0 || json.Unmarshal(who.Memory, &memory) != nil {
		return false
	}
	return slices.ContainsFunc(p.health, func(name string) bool { return memory[name] != nil })
}

// answersBack is how many of a chat's last answers are looked through for a complaint.
const answersBack = 100

// complaint is what the patient told of it when they booked the visit.
func complaint(ctx context.Context, tx store.Tx, v store.Appointment) (string, error) {
	if v.ContactID == "" {
		return "", nil
	}
	events, err := tx.EventsAbout(ctx, v.ID)
	if err != nil {
		return "", err
	}
	booked := slices.IndexFunc(events, func(e store.Event) bool { return e.Name == "visit.booked" })
	if booked < 0 {
		return "", nil
	}
	answers, err := tx.AnswersOf(ctx, v.ContactID, answersBack)
	if err != nil {
		return "", err
	}
	for _, a := range slices.Backward(answers) {
		var story dialogs.StoryValue
		if a.Task == events[booked].Task && a.Mark == "health" && json.Unmarshal(a.Value, &story) == nil && story.Text != "" {
			return story.Text, nil
		}
	}
	return "", nil
}

func (c *counts) add(r row) {
	if r.Status == store.StatusCancelled {
		c.Cancelled++
		return
	}
	c.Visits++
	if r.First {
		c.First++
	}
	if r.Asked {
		c.Open++
	}
	switch r.Status {
	case store.StatusArrived:
		c.Came++
	case store.StatusFulfilled:
		c.Done++
	case store.StatusNoShow:
		c.NoShow++
	default:
		if !r.Confirmed {
			c.Unconfirmed++
		}
	}
}

// past: it should have begun by now, and nobody has said that they are here.
func (r row) past(now time.Time) bool {
	return (r.Status == store.StatusBooked || r.Status == store.StatusPending) && r.Start.Before(now)
}

// patients of the rows, each once.
func (d day) patients() (ids []string) {
	for _, r := range d.Rows {
		if r.PatientID != "" && !slices.Contains(ids, r.PatientID) {
			ids = append(ids, r.PatientID)
		}
	}
	return ids
}
