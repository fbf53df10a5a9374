package booking

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

// States of a place in the waitlist.
const (
	waiting = "waiting"
	offered = "offered"
	served  = "booked"
	left    = "left"
)

// Join puts the matter's patient into the waitlist for what was asked. A patient who waits for the service
// already keeps the place and its age. urgency is 0 for the most urgent level of triage.yaml.
func (r *Reception) Join(ctx context.Context, tx store.Tx, m Matter, a Ask, urgency int, now time.Time) error {
	period, err := json.Marshal(a.Wish)
	if err != nil {
		return fmt.Errorf("writing a wish: %w", err)
	}
	w := store.Waiting{
		ID: r.IDs(), PatientID: m.Patient, ContactID: m.Contact, Service: a.Service, Doctor: a.Doctor, Branch: a.Branch, Period: period,
		Urgency: urgency, State: waiting, CreatedAt: now,
	}
	own, err := r.places(ctx, tx, a.Service, m.Patient)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		w.ID, w.CreatedAt = own[0].ID, own[0].CreatedAt
		err = tx.SaveWaitlist(ctx, []store.Waiting{w})
	} else {
		err = tx.JoinWaitlist(ctx, w)
	}
	if err != nil {
		return fmt.Errorf("joining the waitlist: %w", err)
	}
	return r.log(ctx, tx, m, now, "waitlist.joined", store.Appointment{ID: w.ID, PatientID: m.Patient}, a.Service)
}

// Leave gives the place up.
func (r *Reception) Leave(ctx context.Context, tx store.Tx, m Matter, id string, now time.Time) error {
	return r.place(ctx, tx, id, func(w *store.Waiting) error {
		w.State = left
		return r.log(ctx, tx, m, now, "waitlist.left", store.Appointment{ID: w.ID, PatientID: w.PatientID}, w.Service)
	})
}

// Claim holds the slot that was found for somebody. store.ErrTaken: it is gone.
func (r *Reception) Claim(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	return r.Hold(ctx, tx, m, s, now)
}

// Pass says that the slot does not suit: the patient keeps the place, and the next one is asked.
func (r *Reception) Pass(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	if s == nil {
		return nil
	}
	own, err := r.places(ctx, tx, s.Service, m.Patient)
	if err != nil {
		return err
	}
	for i := range own {
		if own[i].State == offered {
			own[i].State = waiting
		}
	}
	if err := tx.SaveWaitlist(ctx, own); err != nil {
		return fmt.Errorf("passing a slot: %w", err)
	}
	if err := r.Release(ctx, tx, m); err != nil {
		return err
	}
	slot, ok := r.Clinic.slot(s, now)
	if !ok {
		return nil
	}
	_, err = r.find(ctx, tx, m, byStart(slot.Parts), slot.Branch, now)
	return err
}

// Freed tells the waitlist that the appointment's time is free, and returns the place it was offered to;
// nil when nobody waits for it.
func (r *Reception) Freed(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, now time.Time) (*store.Waiting, error) {
	if err := r.log(ctx, tx, m, now, "slot.freed", a, a.Service); err != nil {
		return nil, err
	}
	branch := r.Clinic.Branch(a.Branch)
	if branch == nil || !a.Start.After(now) {
		return nil, nil
	}
	return r.find(ctx, tx, m, a.Parts, branch, now)
}

// find offers a freed time to the first in the waitlist whom it suits: by urgency, then by waiting.
func (r *Reception) find(ctx context.Context, tx store.Tx, m Matter, freed []store.Part, b *Branch, now time.Time) (*store.Waiting, error) {
	list, err := tx.WaitingFor(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("reading the waitlist: %w", err)
	}
	for _, w := range list {
		if w.State != waiting || (w.Branch != "" && w.Branch != b.ID) {
			continue
		}
		slot, err := r.suits(ctx, tx, w, freed, b, now)
		if err != nil {
			return nil, err
		}
		if slot == nil {
			continue
		}
		w.State, w.FoundAt = offered, now
		if w.Slot, err = json.Marshal(slot); err != nil {
			return nil, fmt.Errorf("writing a slot: %w", err)
		}
		if err := tx.SaveWaitlist(ctx, []store.Waiting{w}); err != nil {
			return nil, fmt.Errorf("offering a freed slot: %w", err)
		}
		about := Matter{Contact: w.ContactID, Channel: m.Channel}
		return &w, r.log(ctx, tx, about, now, "waitlist.found", store.Appointment{ID: w.ID, PatientID: w.PatientID}, w.Service)
	}
	return nil, nil
}

// suits looks for a slot of what is waited for that uses the freed time; nil when there is none, or when
// the patient has passed that time already.
func (r *Reception) suits(ctx context.Context, tx store.Tx, w store.Waiting, freed []store.Part, b *Branch, now time.Time) (*dialogs.Slot, error) {
	s := r.Clinic.Service(w.Service)
	if s == nil || !slices.ContainsFunc(s.performers(), func(p *Practitioner) bool { return uses(freed, p.ID) }) {
		return nil, nil
	}
	wish, passed, err := waited(w)
	if err != nil || touches(passed, freed) {
		return nil, err
	}
	busy, err := r.busy(ctx, tx, Matter{Contact: w.ContactID, Task: -1, Patient: w.PatientID}, s, now)
	if err != nil {
		return nil, err
	}
	free := r.Clinic.Find(Query{
		Service: s, Branches: []*Branch{b}, Doctor: w.Doctor, Acute: true, Busy: busy, Now: now,
		From: freed[0].Start.Add(-s.longest()), To: lastEnd(freed),
	})
	for slot := range free.All() {
		if !admits(wish, slot.Start().In(b.Zone)) {
			continue
		}
		if touches(slot.Parts, freed) {
			return r.Clinic.In("").Slot(slot), nil
		}
	}
	return nil, nil
}

func uses(parts []store.Part, practitioner string) bool {
	return slices.ContainsFunc(parts, func(p store.Part) bool { return p.Practitioner == practitioner })
}

// touches reports whether a part of a lies in the time of the same practitioner in b.
func touches(a, b []store.Part) bool {
	return slices.ContainsFunc(a, func(x store.Part) bool {
		return slices.ContainsFunc(b, func(y store.Part) bool {
			return x.Practitioner == y.Practitioner && x.Start.Before(y.End) && y.Start.Before(x.End)
		})
	})
}

// waited reads the wish of a place and the parts of the slot that was offered last.
func waited(w store.Waiting) (wish *words.Period, last []store.Part, err error) {
	if len(w.Period) > 0 {
		if err := json.Unmarshal(w.Period, &wish); err != nil {
			return nil, nil, fmt.Errorf("reading a wish: %w", err)
		}
	}
	var slot dialogs.Slot
	if len(w.Slot) > 0 {
		if err := json.Unmarshal(w.Slot, &slot); err != nil {
			return nil, nil, fmt.Errorf("reading a slot: %w", err)
		}
	}
	for _, p := range slot.Parts {
		last = append(last, store.Part{Practitioner: p.Practitioner.ID, Start: p.Start.At, End: p.End.At})
	}
	return wish, last, nil
}

// served takes the patient off the waitlist for what is booked now.
func (r *Reception) served(ctx context.Context, tx store.Tx, a store.Appointment) error {
	own, err := r.places(ctx, tx, a.Service, a.PatientID)
	if err != nil {
		return err
	}
	for i := range own {
		own[i].State = served
	}
	if err := tx.SaveWaitlist(ctx, own); err != nil {
		return fmt.Errorf("leaving the waitlist: %w", err)
	}
	return nil
}

// places of a patient who waits for a service.
func (r *Reception) places(ctx context.Context, tx store.Tx, service, patient string) ([]store.Waiting, error) {
	list, err := tx.WaitingFor(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("reading the waitlist: %w", err)
	}
	return slices.DeleteFunc(list, func(w store.Waiting) bool { return w.PatientID != patient }), nil
}

func (r *Reception) place(ctx context.Context, tx store.Tx, id string, f func(*store.Waiting) error) error {
	list, err := tx.WaitlistByID(ctx, []string{id})
	if err != nil {
		return fmt.Errorf("reading the waitlist: %w", err)
	}
	if len(list) == 0 {
		return fmt.Errorf("reading the waitlist: %w", store.ErrNotFound)
	}
	if err := f(&list[0]); err != nil {
		return err
	}
	if err := tx.SaveWaitlist(ctx, list); err != nil {
		return fmt.Errorf("saving the waitlist: %w", err)
	}
	return nil
}

// Waiting is a place in the waitlist as scripts see it.
func (r *Reception) Waiting(ctx context.Context, tx store.Tx, language string, w store.Waiting, now time.Time) (*dialogs.Waiting, error) {
	out := &dialogs.Waiting{ID: w.ID, Patient: dialogs.Patient{ID: w.PatientID}, Service: dialogs.Service{ID: w.Service}}
	l := r.Clinic.In(language)
	if s := l.services[w.Service]; s != nil {
		out.Service = *s
	}
	people, err := r.Patients(ctx, tx, []string{w.PatientID}, now)
	if err != nil {
		return nil, err
	}
	if p := people[w.PatientID]; p != nil {
		out.Patient = *p
	}
	if len(w.Slot) > 0 && w.State == offered {
		if err := json.Unmarshal(w.Slot, &out.Slot); err != nil {
			return nil, fmt.Errorf("reading a slot: %w", err)
		}
		l.retell(out.Slot)
		out.Found = &dialogs.MomentValue{At: w.FoundAt, Zone: out.Slot.Branch.Zone}
	}
	return out, nil
}

// retell gives a stored slot the names of this language.
func (l *Localized) retell(s *dialogs.Slot) {
	if b := l.branches[s.Branch.ID]; b != nil {
		s.Branch = *b
	}
	for i := range s.Doctors {
		if p := l.practitioners[s.Doctors[i].ID]; p != nil {
			s.Doctors[i] = *p
		}
	}
	for i := range s.Parts {
		if p := l.practitioners[s.Parts[i].Practitioner.ID]; p != nil {
			s.Parts[i].Practitioner = *p
		}
	}
}
