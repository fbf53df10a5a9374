package store

import "context"

// unsay drops what timelines have to say about a visit that has just been moved or is not going to be, as far as
// nobody has it in hand.
func (t *tx) unsay(ctx context.Context, a Appointment) error {
	_, err := t.exec(ctx, "dropping what is no longer true",
		`UPDATE outbox SET state = 'dropped', reason = 'the visit has changed', due_us = 0, ended_us = $1
		WHERE ref = $2 AND ref <> '' AND state = 'waiting' AND holder = ''`, micros(a.UpdatedAt), "visit/"+a.ID)
	return err
}
