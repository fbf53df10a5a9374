package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/store"
)

// What ticket.answered says of the time that it took.
const (
	InTime  = "in_time"
	TooLate = "late"
)

// due is when a ticket has to be answered: after within of its branch's working time, or of plain time for an
// alarm; 0 is what the clinic promises.
func (d *Desk) due(ctx context.Context, tx store.Tx, t store.Ticket, within time.Duration, now time.Time) (time.Time, error) {
	switch {
	case t.Priority == Alarm:
		within = cmp.Or(within, d.Alarm)
	case t.Kind == CallBack:
		within = cmp.Or(within, d.Callback, d.Promise)
	default:
		within = cmp.Or(within, d.Promise)
	}
	return d.after(ctx, tx, t, within, now)
}

// hurry brings the deadline of an open ticket forward to what the clinic promises from now on, if that is earlier. The
// ticket is still to be saved.
func (d *Desk) hurry(ctx context.Context, tx store.Tx, t *store.Ticket, now time.Time) error {
	due, err := d.due(ctx, tx, *t, 0, now)
	if err != nil || !due.Before(t.Deadline) {
		return err
	}
	t.Deadline = due
	return d.expect(ctx, tx, *t, Unanswered, due)
}

// after is the moment when so much time has passed, as it counts for the ticket.
func (d *Desk) after(ctx context.Context, tx store.Tx, t store.Ticket, span time.Duration, now time.Time) (time.Time, error) {
	if t.Priority == Alarm {
		return now.Add(span), nil
	}
	branch, err := BranchOf(ctx, tx, t, now)
	if err != nil {
		return now, err
	}
	return Deadline(d.Hours(branch), now, span), nil
}

// expect does something about a ticket at a moment, unless it is answered before. A ticket waits for one thing at a
// time.
func (d *Desk) expect(ctx context.Context, tx store.Tx, t store.Ticket, do Do, at time.Time) error {
	payload, err := json.Marshal(Turn{Do: do, Ticket: t.ID})
	if err != nil {
		return fmt.Errorf("writing the deadline of a ticket: %w", err)
	}
	err = tx.SetTimers(ctx, []store.Timer{{Key: deadlineKey(t.ID), ContactID: t.ContactID, Due: at, Kind: store.DeskInput, Payload: payload}})
	if err != nil {
		return fmt.Errorf("setting the deadline of a ticket: %w", err)
	}
	tx.Wake(store.TimerTopic)
	return nil
}

func deadlineKey(ticket string) string { return "ticket:" + ticket }

// answered notes that somebody cares for a ticket for which nobody has cared yet.
func (d *Desk) answered(ctx context.Context, tx store.Tx, t store.Ticket, now time.Time) error {
	if t.State != "open" || untimed[t.Kind] {
		return nil
	}
	when := InTime
	if now.After(t.Deadline) {
		when = TooLate
	}
	return d.note(ctx, tx, "ticket.answered", t, when, now)
}
