package runner

import (
	"context"
	"encoding/json"
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
		p.patient.Memory, p.broken = memory(row.Memory, r.Scripts.Memory.Patient)
		people[row.ID] = p
	}
	for _, c := range consents {
		people[c.PatientID].consents[c.Kind] = c.Given
	}
	return people, nil
}

// zone shows times to somebody whose own is unknown: the main branch's.
func (r *Runner) zone() *time.Location { return r.Clinic.Branches[0].Zone }

// memory decodes what memory.yaml declares; what it no longer declares stays stored and unseen.
func memory(stored json.RawMessage, declared map[string]*dialogs.Remembered) (map[string]any, error) {
	if len(stored) == 0 {
		return nil, nil
	}
	var raw map[string]*dialogs.Answer
	if err := json.Unmarshal(stored, &raw); err != nil {
		return nil, fmt.Errorf("reading memory: %w", err)
	}
	values := make(map[string]any, len(raw))
	for name, answer := range raw {
		known, ok := declared[name]
		if !ok {
			continue
		}
		value, err := answer.Value(known.Type)
		if err != nil {
			return nil, fmt.Errorf("reading memory %s: %w", name, err)
		}
		values[name] = value
	}
	return values, nil
}

// remembered puts a value into stored memory; nil forgets it.
func remembered(stored json.RawMessage, name string, value any) (json.RawMessage, error) {
	all := map[string]any{}
	if len(stored) > 0 {
		raw := map[string]json.RawMessage{}
		if err := json.Unmarshal(stored, &raw); err != nil {
			return nil, fmt.Errorf("reading memory: %w", err)
		}
		for k, v := range raw {
			all[k] = v
		}
	}
	if value == nil {
		delete(all, name)
	} else {
		all[name] = dialogs.NewAnswer(value)
	}
	written, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("writing memory %s: %w", name, err)
	}
	return written, nil
}

// remember writes what a dialog learned of the person.
func (p *person) remember(name string, value any) (err error) {
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
		p.row.Memory, err = remembered(p.row.Memory, name, value)
	}
	return err
}
