package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Await opens a ticket for whose end a task of the conversation waits. A dialog that has rung the bell and then asks for
// the human is one matter: the task waits for the ticket of the same kind and urgency that stands open, and which is to be
// answered by the earlier of the two deadlines.
func (d *Desk) Await(ctx context.Context, tx store.Tx, t store.Ticket, now time.Time) error {
	open, err := tx.TicketsOf(ctx, t.ContactID)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	i := slices.IndexFunc(open, func(k store.Ticket) bool {
		return k.Kind == t.Kind && k.Priority == t.Priority && k.Visit == t.Visit && k.PatientID == t.PatientID &&
			k.Task == 0 && k.State == "open" && k.Deadline.After(now)
	})
	if i < 0 {
		_, err := d.Open(ctx, tx, t, 0, now)
		return err
	}
	k := open[i]
	k.Task = t.Task
	if err := d.hurry(ctx, tx, &k, now); err != nil {
		return err
	}
	if err := tx.SaveTickets(ctx, []store.Ticket{k}); err != nil {
		return fmt.Errorf("waiting for a ticket: %w", err)
	}
	return d.tellOf(ctx, tx, k, News{What: Changed, Ticket: k.ID}, now)
}
