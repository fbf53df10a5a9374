package booking

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// Person is a person of the clinic as kept and as scripts see them.
type Person struct {
	Row      store.Patient
	Patient  *dialogs.Patient
	Consents map[string]bool // kind → the last word
}

// People are those with the ids, with their last and next visit and what they consented to.
func (r *Reception) People(ctx context.Context, tx store.Tx, ids []string, now time.Time) (map[string]*Person, error) {
	people, err := r.Known(ctx, tx, ids, true)
	if err != nil {
		return nil, err
	}
	return people, r.ReadVisits(ctx, tx, people, now)
}

// Known are People without their visits and, unless they are asked for, without their consents.
func (r *Reception) Known(ctx context.Context, tx store.Tx, ids []string, consents bool) (map[string]*Person, error) {
	list, err := tx.Patients(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading patients: %w", err)
	}
	people := make(map[string]*Person, len(list))
	for _, p := range list {
		people[p.ID] = &Person{Row: p, Patient: patient(p), Consents: map[string]bool{}}
	}
	if !consents {
		return people, nil
	}
	return people, r.ReadConsents(ctx, tx, people)
}

// ReadConsents brings the people's consents up to date.
func (r *Reception) ReadConsents(ctx context.Context, tx store.Tx, people map[string]*Person) error {
	consents, err := tx.ConsentsOf(ctx, slices.Collect(maps.Keys(people)))
	if err != nil {
		return fmt.Errorf("reading consents: %w", err)
	}
	for _, c := range consents {
		p := people[c.PatientID]
		if p.Consents[c.Kind] = c.Given; c.Kind == "advertising" {
			p.Patient.Advertising = &c.Given
		}
	}
	return nil
}

// ReadVisits brings the people's last and next visits up to date.
func (r *Reception) ReadVisits(ctx context.Context, tx store.Tx, people map[string]*Person, now time.Time) error {
	visits, err := tx.AppointmentsOf(ctx, slices.Collect(maps.Keys(people)), time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return fmt.Errorf("reading the patients' visits: %w", err)
	}
	r.Attend(people, visits, now)
	return nil
}

// Attend brings the people's last and next visits to what their appointments, by start, say.
func (r *Reception) Attend(people map[string]*Person, visits []store.Appointment, now time.Time) {
	for _, p := range people {
		p.Patient.LastVisit, p.Patient.NextVisit = nil, nil
	}
	for _, a := range visits {
		if p := people[a.PatientID]; p != nil && takesTime(a.Status) {
			r.remember(p.Patient, a, now)
		}
	}
}

// Patients are the people with the ids as scripts see them.
func (r *Reception) Patients(ctx context.Context, tx store.Tx, ids []string, now time.Time) (map[string]*dialogs.Patient, error) {
	people, err := r.People(ctx, tx, ids, now)
	out := make(map[string]*dialogs.Patient, len(people))
	for id, p := range people {
		out[id] = p.Patient
	}
	return out, err
}

// remember puts the visit into the patient's record; visits come by start.
func (r *Reception) remember(p *dialogs.Patient, a store.Appointment, now time.Time) {
	zone := "UTC"
	if b := r.Clinic.Branch(a.Branch); b != nil {
		zone = b.Zone.String()
	}
	at := &dialogs.MomentValue{At: a.Start, Zone: zone}
	p.Known = p.Known || p.FullName != ""
	switch {
	case a.Start.Before(now):
		p.LastVisit = at
	case p.NextVisit == nil:
		p.NextVisit = at
	}
}

func patient(p store.Patient) *dialogs.Patient {
	return &dialogs.Patient{
		ID: p.ID, FullName: p.FullName, Name: words.GivenName(p.FullName), Phone: p.Phone, Birth: p.Birth, Tags: p.Tags, Channel: p.Channel,
		Known: p.FullName != "" && p.Phone != "",
	}
}
