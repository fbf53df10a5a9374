package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// late notes that nobody has answered in time. From now on the administrators, who are told, have a second span
// before the managers are.
func (d *Desk) late(ctx context.Context, tx store.Tx, t store.Ticket, now time.Time) error {
	if err := d.note(ctx, tx, "ticket.late", t, t.Kind, now); err != nil || len(d.Managers) == 0 {
		return err
	}
	at, err := d.after(ctx, tx, t, d.Escalate, now)
	if err != nil {
		return err
	}
	return d.expect(ctx, tx, t, Escalate, at)
}

// Escalated lets the managers, and the rooms, know that nobody has cared for a ticket since its deadline. Of a
// ticket that somebody has by now, or of which they know, they are not told.
func (d *Desk) Escalated(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) error {
	open, err := d.unclosed(ctx, tx, contact, t.Ticket)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(open, func(k store.Ticket) bool {
		return k.ID == t.Ticket && k.State == "open" && k.EscalatedAt.IsZero()
	})
	if i < 0 {
		return nil
	}
	k := open[i]
	k.EscalatedAt = now
	if err := tx.SaveTickets(ctx, []store.Ticket{k}); err != nil {
		return fmt.Errorf("saving a ticket: %w", err)
	}
	if err := d.note(ctx, tx, "ticket.escalated", k, k.Kind, now); err != nil {
		return err
	}
	return d.tellOf(ctx, tx, k, News{What: Escalated, Ticket: k.ID}, now)
}
