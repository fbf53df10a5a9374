package booking

import (
	"context"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// Patients are people of the clinic as scripts see them, by id, with their last and next visit and
// whether they take advertising.
func (r *Reception) Patients(ctx context.Context, tx store.Tx, ids []string, now time.Time) (map[string]*dialogs.Patient, error) {
	list, err := tx.Patients(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading patients: %w", err)
	}
	out := make(map[string]*dialogs.Patient, len(list))
	for _, p := range list {
		out[p.ID] = patient(p)
	}
	consents, err := tx.ConsentsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading consents: %w", err)
	}
	for _, c := range consents {
		if p := out[c.PatientID]; p != nil && c.Kind == "advertising" {
			p.Advertising = &c.Given
		}
	}
	visits, err := tx.AppointmentsOf(ctx, ids, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading the patients' visits: %w", err)
	}
	for _, a := range visits {
		if p := out[a.PatientID]; p != nil && takesTime(a.Status) {
			r.remember(p, a, now)
		}
	}
	return out, nil
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
		ID: p.ID, FullName: p.FullName, Name: words.GivenName(p.FullName), Phone: p.Phone, Birth: p.Birth, Tags: p.Tags,
		Known: p.FullName != "" && p.Phone != "",
	}
}
