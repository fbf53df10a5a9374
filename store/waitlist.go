package store

import (
	"context"
	"fmt"
)

const waitingColumns = `id, patient_id, contact_id, service, doctor, branch, period, urgency, state, slot, found_us, created_us, until_us, passed`

func waitingFields(w *Waiting) []any {
	return []any{&w.ID, &w.PatientID, &w.ContactID, &w.Service, &w.Doctor, &w.Branch, raw{&w.Period}, &w.Urgency,
		&w.State, raw{&w.Slot}, at{&w.FoundAt}, at{&w.CreatedAt}, at{&w.Until}, decoded{&w.Passed}}
}

// JoinWaitlist implements Waitlist.
func (t *tx) JoinWaitlist(ctx context.Context, w Waiting) error {
	passed, err := encoded(w.Passed)
	if err != nil {
		return err
	}
	t.changes(w.PatientID)
	_, err = t.insert(ctx, "joining the waitlist", `INSERT INTO waitlist (`+waitingColumns+`)`, [][]any{{
		w.ID, w.PatientID, w.ContactID, w.Service, w.Doctor, w.Branch, w.Period, w.Urgency,
		w.State, w.Slot, micros(w.FoundAt), micros(w.CreatedAt), micros(w.Until), passed,
	}}, "")
	return err
}

// WaitlistByID implements Waitlist.
func (t *tx) WaitlistByID(ctx context.Context, ids []string) ([]Waiting, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading the waitlist", waitingFields,
		`SELECT `+waitingColumns+` FROM waitlist WHERE id = ANY(`+p.add(ids)+`) ORDER BY id`, p...)
}

// WaitingFor implements Waitlist.
func (t *tx) WaitingFor(ctx context.Context, service string) ([]Waiting, error) {
	return query(ctx, t, "reading the waitlist", waitingFields,
		`SELECT `+waitingColumns+` FROM waitlist WHERE state IN ('waiting', 'offered') AND ($1 = '' OR service = $1)
		ORDER BY urgency, created_us, id`, service)
}

// PlacesOf implements Waitlist.
func (t *tx) PlacesOf(ctx context.Context, patients []string) ([]Waiting, error) {
	if len(patients) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading the waitlist", waitingFields,
		`SELECT `+waitingColumns+` FROM waitlist WHERE patient_id = ANY(`+p.add(patients)+`) AND state IN ('waiting', 'offered')
		ORDER BY urgency, created_us, id`, p...)
}

// PlacesIn implements Waitlist.
func (t *tx) PlacesIn(ctx context.Context, contact, patient string) ([]Waiting, error) {
	return query(ctx, t, "reading the waitlist", waitingFields,
		`SELECT `+waitingColumns+` FROM waitlist WHERE (patient_id = $1 OR contact_id = $2) AND state IN ('waiting', 'offered')
		ORDER BY urgency, created_us, id`, patient, contact)
}

// LockPlaces implements Waitlist.
func (t *tx) LockPlaces(ctx context.Context, ids []string) error {
	if t.dialect.Lock == "" || len(ids) == 0 {
		return nil
	}
	var p params
	_, err := query(ctx, t, "waiting for a place in the waitlist", scalar[string],
		`SELECT id FROM waitlist WHERE id = ANY(`+p.add(ids)+`) ORDER BY id `+t.dialect.Lock, p...)
	return err
}

// SaveWaitlist implements Waitlist.
func (t *tx) SaveWaitlist(ctx context.Context, places []Waiting) error {
	for _, w := range places {
		saved, err := t.savePlace(ctx, w, "")
		if err != nil {
			return err
		}
		if !saved {
			return fmt.Errorf("saving a place in the waitlist: %w", ErrNotFound)
		}
	}
	return nil
}

// OfferPlace implements Waitlist.
func (t *tx) OfferPlace(ctx context.Context, w Waiting) (bool, error) {
	return t.savePlace(ctx, w, ` AND state = 'waiting'`)
}

// savePlace writes a place, where it is so still.
func (t *tx) savePlace(ctx context.Context, w Waiting, still string) (bool, error) {
	passed, err := encoded(w.Passed)
	if err != nil {
		return false, err
	}
	t.changes(w.PatientID)
	n, err := t.exec(ctx, "saving a place in the waitlist",
		`UPDATE waitlist SET service = $1, doctor = $2, branch = $3, period = $4, urgency = $5, state = $6,
			slot = $7, found_us = $8, until_us = $9, passed = $10 WHERE id = $11`+still,
		w.Service, w.Doctor, w.Branch, w.Period, w.Urgency, w.State, w.Slot, micros(w.FoundAt), micros(w.Until), passed, w.ID)
	return n > 0, err
}
