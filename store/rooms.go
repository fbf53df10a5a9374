package store

import (
	"context"
	"time"
)

// Rooms is what the administrators' chats need beside other chats.
type Rooms interface {
	// Again lets a message go out once more, as it is now, under its old id: what is changed from now on is the new one.
	// One that still waits to go goes once. False: there is no such message.
	Again(ctx context.Context, o Output) (bool, error)
	// Takers are the names of those without an account who have taken tickets that are open, or were closed since then:
	// the last ones first, up to limit.
	Takers(ctx context.Context, since time.Time, limit int) ([]string, error)
	// TicketsOfPatient are the ids of all tickets about a patient or in their chats.
	TicketsOfPatient(ctx context.Context, patient string) ([]string, error)
}

// Again implements Rooms.
func (t *tx) Again(ctx context.Context, o Output) (bool, error) {
	n, err := t.exec(ctx, "putting a message out again",
		`UPDATE outbox SET payload = $1, ref = $2, created_us = $3, not_before_us = $4, due_us = $4, state = 'waiting', holder = '', receipt = '',
			reason = '', done = 0, attempts = 0, ended_us = 0 WHERE id = $5 AND state <> 'waiting'`,
		o.Payload, o.Ref, micros(o.CreatedAt), micros(o.NotBefore), o.ID)
	if err != nil || n > 0 {
		t.Wake(OutboxTopic)
		return n > 0, err
	}
	n64, err := t.number(ctx, "looking for a message", `SELECT count(*) FROM outbox WHERE id = $1`, o.ID)
	return n64 > 0, err
}

// Takers implements Rooms.
func (t *tx) Takers(ctx context.Context, since time.Time, limit int) ([]string, error) {
	return query(ctx, t, "reading who takes tickets", scalar[string],
		`SELECT taken_by FROM tickets WHERE taken_by <> '' AND account = '' AND (state <> 'closed' OR state = 'closed' AND closed_us > $1)
		GROUP BY taken_by ORDER BY MAX(created_us) DESC, taken_by `+atMost("$2"), micros(since), limit)
}

// TicketsOfPatient implements Rooms.
func (t *tx) TicketsOfPatient(ctx context.Context, patient string) ([]string, error) {
	return query(ctx, t, "reading a patient's tickets", scalar[string],
		`SELECT id FROM tickets WHERE patient_id = $1 OR contact_id IN `+chats+` ORDER BY created_us, id`, patient)
}

// overtaken drops changes of earlier messages that wait in nobody's hands and are to be changed once more: of several
// states only the last is shown.
func (t *tx) overtaken(ctx context.Context, out []Output) error {
	for _, o := range out {
		if o.Changes == "" {
			continue
		}
		_, err := t.exec(ctx, "dropping a change that another overtakes",
			`UPDATE outbox SET state = 'dropped', reason = 'a later change says it', due_us = 0, ended_us = $1
			WHERE changes = $2 AND changes <> '' AND contact_id = $3 AND state = 'waiting' AND holder = ''`, micros(o.CreatedAt), o.Changes, o.ContactID)
		if err != nil {
			return err
		}
	}
	return nil
}
