package runner

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// person is a patient as stored and as scripts see it.
type person struct {
	row      store.Patient
	patient  *dialogs.Patient
	consents map[string]bool
	changed  bool
	broken   error // what is remembered of them cannot be read
}

// peopleByID reads patients with their consents, their visits and what is remembered of them.
func (r *Runner) peopleByID(ctx context.Context, tx store.Tx, ids []string) (map[string]*person, error) {
	rows, err := tx.Patients(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading patients: %w", err)
	}
	known, err := r.house.Reception.Patients(ctx, tx, ids, r.Clock.Now())
	if err != nil {
		return nil, err
	}
	consents, err := tx.ConsentsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading consents: %w", err)
	}
	people := make(map[string]*person, len(rows))
	for _, row := range rows {
		p := &person{row: row, patient: known[row.ID], consents: map[string]bool{}}
		p.patient.Memory, p.broken = memory(row.Memory, r.Scripts.Memory.Patient, r.Clock.Now())
		people[row.ID] = p
	}
	for _, c := range consents {
		people[c.PatientID].consents[c.Kind] = c.Given
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
		p.row.FullName = text
	case "name": // how to address somebody whose full name is not known
		if p.row.FullName == "" {
			p.row.FullName = text
		}
	case "phone":
		p.row.Phone = text
	case "birth":
		date, _ := value.(words.Date)
		p.row.Birth = string(date)
	case "tags":
		tags, _ := value.([]string)
		p.row.Tags = slices.Clone(tags)
	default:
		p.row.Memory, err = remembered(p.row.Memory, declared, name, value, now)
	}
	return err
}
