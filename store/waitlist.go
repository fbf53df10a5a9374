package store

import (
	"context"
	"fmt"
)

const waitingColumns = `id, patient_id, contact_id, service, doctor, branch, period, urgency, state, slot, found_us, created_us, until_us`

func waitingFields(w *Waiting) []any {
	return []any{&w.ID, &w.PatientID, &w.ContactID, &w.Service, &w.Doctor, &w.Branch, raw{&w.Period}, &w.Urgency,
		&w.State, raw{&w.Slot}, at{&w.FoundAt}, at{&w.CreatedAt}, at{&w.Until}}
}

// JoinWaitlist implements Waitlist.
func (t *tx) JoinWaitlist(ctx context.Context, w Waiting) error {
	t.changes(w.PatientID)
	_, err := t.insert(ctx, "joining the waitlist", `INSERT INTO waitlist (`+waitingColumns+`)`, [][]any{{
		w.ID, w.PatientID, w.ContactID, w.Service, w.Doctor, w.Branch, w.Period, w.Urgency,
		w.State, w.Slot, micros(w.FoundAt), micros(w.CreatedAt), micros(w.Until),
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

// SaveWaitlist implements Waitlist.
func (t *tx) SaveWaitlist(ctx context.Context, places []Waiting) error {
	for _, w := range places {
		t.changes(w.PatientID)
		n, err := t.exec(ctx, "saving a place in the waitlist",
			`UPDATE waitlist SET service = $1, doctor = $2, branch = $3, period = $4, urgency = $5, state = $6,
				slot = $7, found_us = $8, until_us = $9 WHERE id = $10`,
			w.Service, w.Doctor, w.Branch, w.Period, w.Urgency, w.State, w.Slot, micros(w.FoundAt), micros(w.Until), w.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("saving a place in the waitlist: %w", ErrNotFound)
		}
	}
	return nil
}
