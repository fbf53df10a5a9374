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
