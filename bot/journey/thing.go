package journey

import (
	"context"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/store"
)

// thing is what timelines are about, and who is told of it.
type thing struct {
	kind    dialogs.Thing
	id      string
	patient string       // whom it is about
	chat    *store.Reach // nil = nobody can be written to
	contact *dialogs.Contact
	values  map[string]any // as expressions name them
	branch  string         // zone of the place, where it has one
	ends    time.Time      // when what is known of it changes by itself; zero = never
	vain    time.Time      // when somebody may come who does not know of a change; zero = never
	over    bool           // it is not going to be, or was never meant: nothing before it is sent
}

func (th *thing) about() string { return About(th.kind, th.id) }

// things of the patients: each patient, their visits, the steps that are to come, their places in the waitlist.
func (w *world) things(ctx context.Context, tx store.Tx, patients []string) ([]*thing, error) {
	var all []*thing
	for _, id := range unique(patients) {
		person := w.people[id]
		if person == nil || !person.Row.ErasedAt.IsZero() {
			continue
		}
		some, err := w.ofPatient(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (w *world) ofPatient(ctx context.Context, tx store.Tx, id string) ([]*thing, error) {
	person := w.people[id].Patient
	add := func(kind dialogs.Thing, thingID, booked string) (*thing, error) {
		th := &thing{kind: kind, id: thingID, patient: id, chat: w.chat(id, booked), values: map[string]any{"patient": person}}
		var err error
		th.contact, err = w.asContact(th.chat)
		return th, err
	}
	whole, err := add(dialogs.AboutPatient, id, "")
	if err != nil {
		return nil, err
	}
	all := []*thing{whole}
	for _, a := range w.visits[id] {
		th, err := add(dialogs.AboutVisit, a.ID, a.ContactID)
		if err != nil {
			return nil, err
		}
		v := w.visit(a, th.contact.Language)
		th.values["visit"], th.branch = v, v.Branch.Zone
		th.over, th.vain = !slices.Contains(coming, a.Status), inVain(a, w.now)
		if a.Status == store.StatusBooked || a.Status == store.StatusPending || a.Status == store.StatusArrived {
			th.ends = a.End
		}
		all = append(all, th)
	}
	steps, err := w.ofCourses(ctx, tx, id, add)
	if err != nil {
		return nil, err
	}
	places, err := w.ofWaitlist(ctx, tx, id, add)
	return slices.Concat(all, steps, places), err
}

// coming are the statuses of a visit that is still to be.
var coming = []string{store.StatusPending, store.StatusBooked}

func (w *world) visit(a store.Appointment, language string) *dialogs.Visit {
	v := w.Clinic.In(language).Outline(a)
	v.Patient = *w.people[a.PatientID].Patient
	v.TicketOpen = booking.Troubled(a, w.tickets[a.ID])
	v.LastOfSpecialty = !slices.ContainsFunc(w.visits[a.PatientID], func(b store.Appointment) bool { return w.Reception.Follows(a, b) })
	return v
}

type adder func(kind dialogs.Thing, id, booked string) (*thing, error)

func (w *world) ofCourses(ctx context.Context, tx store.Tx, patient string, add adder) ([]*thing, error) {
	rows := slices.DeleteFunc(slices.Clone(w.steps[patient]), func(s store.Step) bool { return s.State != store.StepActive })
	if len(rows) == 0 {
		return nil, nil
	}
	chat, err := w.asContact(w.chat(patient, ""))
	if err != nil {
		return nil, err
	}
	steps, err := w.Reception.Steps(ctx, tx, chat.Language, rows, w.now)
	if err != nil {
		return nil, err
	}
	all := make([]*thing, len(steps))
	for i, s := range steps {
		if all[i], err = add(dialogs.AboutStep, s.ID, ""); err != nil {
			return nil, err
		}
		all[i].values["step"], all[i].branch = s, s.Due.Zone
	}
	return all, nil
}

func (w *world) ofWaitlist(ctx context.Context, tx store.Tx, patient string, add adder) ([]*thing, error) {
	var all []*thing
	for _, p := range w.places[patient] {
		th, err := add(dialogs.AboutWait, p.ID, p.ContactID)
		if err != nil {
			return nil, err
		}
		wait, err := w.Reception.Waiting(ctx, tx, th.contact.Language, p, w.now)
		if err != nil {
			return nil, err
		}
		th.values["wait"], th.ends = wait, p.Until
		all = append(all, th)
	}
	return all, nil
}

// zone is the person's own, else that of the place, else the main branch's.
func (w *world) zone(th *thing) *time.Location {
	for _, name := range []string{th.contact.Zone, th.branch} {
		if zone := dialogs.ZoneNamed(name); zone != nil {
			return zone
		}
	}
	return w.Clinic.Branches[0].Zone
}

// env is what the expressions of a timeline see.
type env struct {
	*world
	*thing
	me *dialogs.Patient // who reads; nil = whom it is about
}

// Value implements dialogs.Env.
func (e env) Value(name string) any {
	switch name {
	case "me":
		if e.me != nil {
			return e.me
		}
		return e.values["patient"]
	case "contact":
		return e.contact
	case "clinic":
		return e.Clinic.In(e.contact.Language).Clinic("", e.now)
	case "desk":
		return e.Clinic.In(e.contact.Language).Desk()
	case "now":
		return dialogs.MomentValue{At: e.now, Zone: e.Clinic.Branches[0].Zone.String()}
	}
	return e.values[name]
}
