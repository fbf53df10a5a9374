package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/store"
)

// world is what is known of some patients: what their timelines are judged by.
type world struct {
	*Planner
	now     time.Time
	people  map[string]*booking.Person
	visits  map[string][]store.Appointment // by patient, by start
	steps   map[string][]store.Step
	places  map[string][]store.Waiting
	chats   map[string][]store.Reach
	tickets map[string][]store.Ticket // open ones, by visit
}

// read reads in a handful of queries what is known of the patients.
func (p *Planner) read(ctx context.Context, tx store.Tx, patients []string, now time.Time) (*world, error) {
	w := &world{
		Planner: p, now: now, visits: map[string][]store.Appointment{}, steps: map[string][]store.Step{},
		places: map[string][]store.Waiting{}, chats: map[string][]store.Reach{}, tickets: map[string][]store.Ticket{},
	}
	patients = unique(patients)
	var err error
	if w.people, err = p.Reception.Known(ctx, tx, patients, p.asks("patient.advertising")); err != nil {
		return nil, err
	}
	if err := w.readThings(ctx, tx, patients); err != nil {
		return nil, err
	}
	chats, err := tx.Reach(ctx, patients)
	if err != nil {
		return nil, fmt.Errorf("looking for the patients' chats: %w", err)
	}
	for _, c := range chats {
		w.chats[c.PatientID] = append(w.chats[c.PatientID], c)
	}
	for id, person := range w.people {
		if person.Patient.Memory, err = booking.Memory(person.Row.Memory, p.Scripts.Memory.Patient, p.Clinic.In(""), now); err != nil {
			delete(w.people, id) // nothing is planned for them, until a human has looked; everybody else goes on
		}
	}
	return w, nil
}

func unique(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// asks reports whether a condition of a timeline reads the value.
func (p *Planner) asks(path string) bool {
	return slices.ContainsFunc(p.Scripts.Journey.Timelines, func(t *dialogs.Timeline) bool {
		return t.If != nil && slices.Contains(t.If.Paths, path) || t.Until != nil && slices.Contains(t.Until.Paths, path)
	})
}

// readThings reads visits, steps and places.
func (w *world) readThings(ctx context.Context, tx store.Tx, patients []string) error {
	visits, err := tx.AppointmentsOf(ctx, patients, time.Unix(0, 0), w.now.AddDate(horizon, 0, 0))
	if err != nil {
		return fmt.Errorf("reading the patients' visits: %w", err)
	}
	var coming []string
	for _, a := range visits {
		w.visits[a.PatientID] = append(w.visits[a.PatientID], a)
		coming = append(coming, a.ID)
	}
	w.Reception.Attend(w.people, visits, w.now)
	tickets, err := tx.TicketsAbout(ctx, coming)
	if err != nil {
		return fmt.Errorf("reading the visits' tickets: %w", err)
	}
	for _, t := range tickets {
		w.tickets[t.Visit] = append(w.tickets[t.Visit], t)
	}
	steps, err := tx.StepsOf(ctx, patients)
	if err != nil {
		return fmt.Errorf("reading courses of treatment: %w", err)
	}
	for _, s := range steps {
		w.steps[s.PatientID] = append(w.steps[s.PatientID], s)
	}
	places, err := tx.PlacesOf(ctx, patients)
	if err != nil {
		return fmt.Errorf("reading the waitlist: %w", err)
	}
	for _, p := range places {
		w.places[p.PatientID] = append(w.places[p.PatientID], p)
	}
	return nil
}

// horizon is how many years ahead visits are looked for.
const horizon = 2

// chat is where the patient is written to: in their own chat before that of somebody who speaks for them, on the
// channel they like best, where the visit was booked, in the order of careline.yaml, in the newest. One that is blocked,
// or whose channel is down, comes last.
func (w *world) chat(patient, booked string) *store.Reach {
	chats := w.chats[patient]
	if len(chats) == 0 {
		return nil
	}
	best := w.people[patient].Row.Channel
	worth := func(r store.Reach) (n int) {
		works := w.Down == nil || !w.Down(r.Channel)
		for _, good := range []bool{r.BlockedAt.IsZero(), r.Own, works, r.Channel == best, r.ID == booked} {
			if n *= 2; good {
				n++
			}
		}
		return n<<8 + w.Clinic.Worth(r.Channel)
	}
	found := slices.MaxFunc(chats, func(a, b store.Reach) int { return worth(a) - worth(b) })
	return &found
}

// asContact is a chat as expressions see it.
func (w *world) asContact(r *store.Reach) (*dialogs.Contact, error) {
	if r == nil {
		return &dialogs.Contact{}, nil
	}
	memory, err := booking.Memory(r.Memory, w.Scripts.Memory.Contact, w.Clinic.In(r.Language), w.now)
	if err != nil {
		return nil, fmt.Errorf("reading the memory of contact %s: %w", r.ID, err)
	}
	return &dialogs.Contact{
		ID: r.ID, PatientID: r.Contact.PatientID, Channel: r.Channel, Name: r.Name, Language: r.Language, Zone: r.Zone, Source: r.Source, Memory: memory,
	}, nil
}
