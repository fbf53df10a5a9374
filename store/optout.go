package store

import (
	"context"
	"time"
)

// OptOut takes back what was to be said to a person who wants no more of its kind.
type OptOut interface {
	// DropClass ends what waits to be sent in all chats of the patient and is of the classes, and returns how much that
	// was. What a sender has in hand is ended too: it asks Unsaid before it sends.
	DropClass(ctx context.Context, patient string, classes []string, reason string, at time.Time) (int, error)
	// Unsaid reports whether the message was taken back.
	Unsaid(ctx context.Context, id string) (bool, error)
}

// DropClass implements OptOut.
func (t *tx) DropClass(ctx context.Context, patient string, classes []string, reason string, at time.Time) (int, error) {
	if len(classes) == 0 {
		return 0, nil
	}
	var p params
	n, err := t.exec(ctx, "taking messages back", `UPDATE outbox SET state = 'dropped', reason = `+p.add(reason)+`, ended_us = `+p.add(micros(at))+`, holder = '', due_us = 0
		WHERE state = 'waiting' AND author = '' AND class = ANY(`+p.add(classes)+`)
			AND contact_id IN (SELECT id FROM contacts WHERE patient_id = `+p.add(patient)+`)`, p...)
	return int(n), err
}

// Unsaid implements OptOut.
func (t *tx) Unsaid(ctx context.Context, id string) (bool, error) {
	n, err := t.number(ctx, "looking whether a message was taken back", `SELECT count(*) FROM outbox WHERE id = $1 AND state = 'dropped'`, id)
	return n > 0, err
}
