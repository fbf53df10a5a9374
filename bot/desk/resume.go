package desk

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

// Resume opens a closed ticket again because an administrator goes on with it in its topic: it is theirs. False when
// it is not closed, or they speak of something else by now: the chat has other tickets.
func (d *Desk) Resume(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) (bool, error) {
	found, err := tx.TicketsByID(ctx, []string{t.Ticket})
	if err != nil {
		return false, fmt.Errorf("reading a ticket: %w", err)
	}
	if len(found) == 0 || found[0].ContactID != contact || found[0].State != "closed" || untimed[found[0].Kind] {
		return false, nil
	}
	k := found[0]
	if contact != "" && t.Do != Resume {
		open, err := tx.TicketsOf(ctx, contact)
		if err != nil || len(open) > 0 {
			return false, wrap("reading open tickets", err)
		}
	}
	k.State, k.TakenBy, k.Account, k.ClosedAt, k.Resolution, k.EscalatedAt = "taken", t.Author, t.Account, time.Time{}, "", time.Time{}
	if err := d.note(ctx, tx, "ticket.reopened", k, t.Account, now); err != nil {
		return false, err
	}
	return true, d.save(ctx, tx, []store.Ticket{k}, now)
}
