package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// vacancy is time that has become free, and what must be known to offer it.
type vacancy struct {
	branch *Branch
	parts  []store.Part
	not    string // the patient who gave it up

	busy   []store.Busy // of all who may be needed
	visits map[string][]store.Appointment
	slots  map[string][]Slot // that use the time, by service and doctor
}

// mayWant reports whether the time could be what is waited for.
func (r *Reception) mayWant(w store.Waiting, v *vacancy) bool {
	if w.State != waiting || w.PatientID == v.not || w.Branch != "" && w.Branch != v.branch.ID {
		return false
	}
	s := r.Clinic.Service(w.Service)
	return s != nil && slices.ContainsFunc(s.performers(), func(p *Practitioner) bool { return uses(v.parts, p.ID) })
}

// survey reads whose time is taken around the vacancy: of those who work, and of those who wait.
func (r *Reception) survey(ctx context.Context, tx store.Tx, v *vacancy, list []store.Waiting, now time.Time) error {
	var who, patients []string
	var longest time.Duration
	for _, w := range list {
		patients = append(patients, w.PatientID)
		s := r.Clinic.Service(w.Service)
		longest = max(longest, s.longest())
		for _, p := range s.performers() {
			if !slices.Contains(who, p.ID) {
				who = append(who, p.ID)
			}
		}
	}
	from, to := byStart(v.parts)[0].Start.Add(-longest), lastEnd(v.parts).Add(longest)
	var err error
	if v.busy, err = r.calendar(tx).Busy(ctx, who, from, to, now); err != nil {
		return fmt.Errorf("reading busy times: %w", err)
	}
	slices.Sort(patients)
	visits, err := tx.AppointmentsOf(ctx, slices.Compact(patients), from.Add(-24*time.Hour), to)
	if err != nil {
		return fmt.Errorf("reading the visits of those who wait: %w", err)
	}
	v.visits, v.slots = map[string][]store.Appointment{}, map[string][]Slot{}
	for _, a := range visits {
		if takesTime(a.Status) {
			v.visits[a.PatientID] = append(v.visits[a.PatientID], a)
		}
	}
	return nil
}

// slotsFor are the slots of what is waited for that use the time, by start.
func (v *vacancy) slotsFor(c *Clinic, w store.Waiting, now time.Time) []Slot {
	key := w.Service + " " + w.Doctor
	if known, ok := v.slots[key]; ok {
		return known
	}
	s := c.Service(w.Service)
	free := c.Find(Query{
		Service: s, Branches: []*Branch{v.branch}, Doctor: w.Doctor, Acute: true, Busy: v.busy, Now: now,
		From: byStart(v.parts)[0].Start.Add(-s.longest()), To: lastEnd(v.parts),
	})
	var found []Slot
	for slot := range free.All() {
		if touches(slot.Parts, v.parts) {
			found = append(found, slot)
		}
	}
	v.slots[key] = found
	return found
}

// elsewhere reports whether the patient is in another visit then.
func (v *vacancy) elsewhere(patient string, s Slot) bool {
	return slices.ContainsFunc(v.visits[patient], func(a store.Appointment) bool {
		return a.Start.Before(s.End()) && s.Start().Before(a.End)
	})
}

// take notes that the slot is not free any more.
func (v *vacancy) take(s Slot) {
	for _, p := range s.Parts {
		v.busy = append(v.busy, store.Busy{Practitioner: p.Practitioner, Start: p.Start, End: p.End, Kind: store.Held})
	}
	clear(v.slots)
}
