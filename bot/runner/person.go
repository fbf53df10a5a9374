package runner

import (
	"context"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// person is a patient in a step.
type person struct {
	*booking.Person
	changed bool
	broken  error // what is remembered of them cannot be read
}

// peopleByID reads patients with their consents, their visits and what is remembered of them.
func (r *Runner) peopleByID(ctx context.Context, tx store.Tx, ids []string) (map[string]*person, error) {
	now := r.Clock.Now()
	known, err := r.house.Reception.People(ctx, tx, ids, now)
	if err != nil {
		return nil, err
	}
	people := make(map[string]*person, len(known))
	for id, k := range known {
		p := &person{Person: k}
		p.Patient.Memory, p.broken = booking.Memory(k.Row.Memory, r.Scripts.Memory.Patient, r.Clinic.In(""), now)
		people[id] = p
	}
	return people, nil
}

// zone shows times to somebody whose own is unknown: the main branch's.
func (r *Runner) zone() *time.Location { return r.Clinic.Branches[0].Zone }

// remember writes what a dialog learned of the person.
func (p *person) remember(declared map[string]*dialogs.Remembered, name string, value any, now time.Time) (err error) {
	p.changed = true
	text, _ := value.(string)
	switch name {
	case "full_name":
		p.Row.FullName = text
	case "name": // how to address somebody whose full name is not known
		if p.Row.FullName == "" {
			p.Row.FullName = text
		}
	case "phone":
		p.Row.Phone = text
	case "birth":
		date, _ := value.(words.Date)
		p.Row.Birth = string(date)
	case "channel":
		p.Row.Channel = text
	case "tags":
		tags, _ := value.([]string)
		p.Row.Tags = slices.Clone(tags)
	default:
		p.Row.Memory, err = booking.Remembered(p.Row.Memory, declared, name, value, now)
	}
	return err
}
