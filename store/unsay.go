package store

import "context"

// unsay drops what timelines have to say about a visit that has just been moved or is not going to be. What another
// transaction is about to say is waited for; what a sender has in hand is ended too: it asks Unsaid before it sends.
func (t *tx) unsay(ctx context.Context, a Appointment) error {
	if err := t.LockPatients(ctx, []string{a.PatientID}); err != nil {
		return err
	}
	_, err := t.exec(ctx, "dropping what is no longer true",
		`UPDATE outbox SET state = 'dropped', reason = 'the visit has changed', due_us = 0, ended_us = $1, holder = ''
		WHERE ref = $2 AND ref <> '' AND state = 'waiting'`, micros(a.UpdatedAt), "visit/"+a.ID)
	return err
}
