package booking

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Coming returns the visits ahead of the contact's patient and of those the patient speaks for, by start.
func (r *Reception) Coming(ctx context.Context, tx store.Tx, m Matter, now time.Time) ([]*dialogs.Visit, error) {
	patients := []string{m.Patient}
	family, err := tx.Family(ctx, m.Patient)
	if err != nil {
		return nil, fmt.Errorf("reading the family: %w", err)
	}
	for _, p := range family {
		patients = append(patients, p.ID)
	}
	list, err := tx.AppointmentsOf(ctx, patients, now, now.AddDate(2, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading coming visits: %w", err)
	}
	list = slices.DeleteFunc(list, func(a store.Appointment) bool {
		return a.Status != store.StatusBooked && a.Status != store.StatusPending
	})
	return r.Visits(ctx, tx, m, list, now)
}

// ByID returns visits as scripts see them; unknown ids are left out.
func (r *Reception) ByID(ctx context.Context, tx store.Tx, language string, ids []string, now time.Time) ([]*dialogs.Visit, error) {
	list, err := tx.AppointmentsByID(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading visits: %w", err)
	}
	return r.Visits(ctx, tx, Matter{Language: language}, list, now)
}

func (r *Reception) visit(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, now time.Time) (*dialogs.Visit, error) {
	list, err := r.Visits(ctx, tx, m, []store.Appointment{a}, now)
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Visits are appointments as scripts see them, in the same order.
func (r *Reception) Visits(ctx context.Context, tx store.Tx, m Matter, list []store.Appointment, now time.Time) ([]*dialogs.Visit, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var ids []string
	for _, a := range list {
		ids = append(ids, a.PatientID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	patients, err := r.acquainted(ctx, tx, m, ids, now)
	if err != nil {
		return nil, err
	}
	later, err := tx.AppointmentsOf(ctx, ids, earliest(list), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading later visits: %w", err)
	}
	visits := make([]string, len(list))
	for i, a := range list {
		visits[i] = a.ID
	}
	open, err := tx.TicketsAbout(ctx, visits)
	if err != nil {
		return nil, fmt.Errorf("reading tickets: %w", err)
	}
	out := make([]*dialogs.Visit, len(list))
	for i, a := range list {
		v := r.Clinic.In(m.Language).Visit(a)
		if p := patients[a.PatientID]; p != nil {
			v.Patient = *p
		}
		v.LastOfSpecialty = !slices.ContainsFunc(later, func(b store.Appointment) bool { return r.Follows(a, b) })
		v.TicketOpen = Troubled(a, open)
		out[i] = v
	}
	return out, nil
}

// acquainted are the patients with the ids; only those who are not known are read.
func (r *Reception) acquainted(ctx context.Context, tx store.Tx, m Matter, ids []string, now time.Time) (map[string]*dialogs.Patient, error) {
	at := make(map[string]*dialogs.Patient, len(ids))
	for _, p := range m.Known {
		if p != nil {
			at[p.ID] = p
		}
	}
	strangers := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return at[id] != nil })
	if len(strangers) == 0 {
		return at, nil
	}
	read, err := r.Patients(ctx, tx, strangers, now)
	maps.Copy(at, read)
	return at, err
}

func earliest(list []store.Appointment) time.Time {
	return slices.MinFunc(list, func(a, b store.Appointment) int { return a.Start.Compare(b.Start) }).Start
}

// Follows reports whether b is a later visit of the same patient to the same kind of practitioner.
func (r *Reception) Follows(a, b store.Appointment) bool {
	if a.PatientID != b.PatientID || !takesTime(b.Status) || !b.Start.After(a.Start) {
		return false
	}
	kinds := r.Clinic.specialties(a)
	return slices.ContainsFunc(r.Clinic.specialties(b), func(s string) bool { return slices.Contains(kinds, s) })
}

// specialties of whom the visit was with; where that is not known any more, of whoever does its service.
func (c *Clinic) specialties(a store.Appointment) []string {
	var out []string
	for _, p := range a.Parts {
		if who := c.Practitioner(p.Practitioner); who != nil {
			out = append(out, who.Specialties...)
		}
	}
	if service := c.Service(a.Service); len(out) == 0 && service != nil {
		for _, part := range service.Parts {
			for _, who := range part.By {
				out = append(out, who.Specialties...)
			}
		}
	}
	return out
}

// OutcomeAsked is the kind of the desk's own tickets that ask what became of a visit.
const OutcomeAsked = "outcome"

// Troubled reports whether one of the open tickets about the visit is about what happened there: neither what was to
// be settled before it, nor the desk's own question.
func Troubled(a store.Appointment, open []store.Ticket) bool {
	return slices.ContainsFunc(open, func(t store.Ticket) bool {
		return t.Visit == a.ID && t.Kind != OutcomeAsked && !t.CreatedAt.Before(a.Start)
	})
}

// Visit is an appointment without what other records tell: the patient, later visits, tickets.
func (l *Localized) Visit(a store.Appointment) *dialogs.Visit {
	v := l.Outline(a)
	v.Calendar = l.calendar(a, &v.Branch)
	return v
}

// Outline is a Visit without its calendar file, which is dear to make.
func (l *Localized) Outline(a store.Appointment) *dialogs.Visit {
	v := &dialogs.Visit{
		ID: a.ID, Patient: dialogs.Patient{ID: a.PatientID}, Status: a.Status, Together: a.Together, Confirmed: a.Confirmed,
		Feeling: a.Feeling, First: a.First, Service: dialogs.Service{ID: a.Service}, Branch: dialogs.Branch{ID: a.Branch, Zone: "UTC"},
	}
	if s := l.services[a.Service]; s != nil {
		v.Service = *s
	}
	if b := l.branches[a.Branch]; b != nil {
		v.Branch = *b
	}
	zone := v.Branch.Zone
	v.Start, v.End = dialogs.MomentValue{At: a.Start, Zone: zone}, dialogs.MomentValue{At: a.End, Zone: zone}
	v.Booked = dialogs.MomentValue{At: a.CreatedAt, Zone: zone}
	if a.Status == store.StatusNoShow {
		v.NoShow = &dialogs.MomentValue{At: a.StatusAt, Zone: zone}
	}
	v.Reason = a.Reason
	if n := a.Notice; n != nil {
		v.Changed = &dialogs.MomentValue{At: n.At, Zone: zone}
		if !n.Start.IsZero() {
			v.Was = &dialogs.MomentValue{At: n.Start, Zone: l.zoneOf(n.Branch, zone)}
		}
	}
	if _, v.Doctors = l.parts(a.Parts, zone); len(v.Doctors) > 0 {
		v.Doctor = v.Doctors[0]
	}
	return v
}

// zoneOf a branch; of one that is no more, otherwise.
func (l *Localized) zoneOf(branch, otherwise string) string {
	if b := l.branches[branch]; b != nil {
		return b.Zone
	}
	return otherwise
}
