package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
)

// reopensWithin is how long after a matter was closed the patient's next words belong to it.
const reopensWithin = 24 * time.Hour

// Reopen opens the ticket that a human has closed last in the chat, if they had spoken to the patient and it is not
// long ago: it is its assignee's again, who is told, and has a new deadline.
func (d *Desk) Reopen(ctx context.Context, tx store.Tx, contact string, now time.Time) (bool, error) {
	k, err := tx.LastClosed(ctx, contact)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("reading the last ticket: %w", err)
	case k.Resolution != endings[Close] || untimed[k.Kind] || now.Sub(k.ClosedAt) > reopensWithin:
		return false, nil
	}
	notes, err := tx.TicketNotes(ctx, k.ID)
	if err != nil {
		return false, fmt.Errorf("reading a ticket's notes: %w", err)
	}
	if !slices.ContainsFunc(notes, func(n store.TicketNote) bool { return !n.Internal && n.Author != Patient }) {
		return false, nil
	}
	k.State, k.ClosedAt, k.Resolution, k.EscalatedAt = "open", time.Time{}, "", time.Time{}
	if k.Deadline, err = d.due(ctx, tx, k, 0, now); err != nil {
		return false, err
	}
	if err := tx.SaveTickets(ctx, []store.Ticket{k}); err != nil {
		return false, fmt.Errorf("opening a ticket again: %w", err)
	}
	if err := d.expect(ctx, tx, k, Unanswered, k.Deadline); err != nil {
		return false, err
	}
	if err := d.note(ctx, tx, "ticket.reopened", k, k.Account, now); err != nil {
		return false, err
	}
	return true, d.tellOf(ctx, tx, k, News{What: Reopened, Ticket: k.ID}, now)
}

// reopened tells of it, and shows the card's buttons as they are now.
func (t *talk) reopened(id string) error {
	ticket, p, err := t.ticket(id)
	if err != nil || p == nil {
		return err
	}
	f := t.who(p)
	f["title"], f["deadline"], f["assignee"] = t.title(ticket.Kind), t.soon(ticket.Deadline), ticket.TakenBy
	text, err := t.text("desk.room.reopened", f)
	if err != nil {
		return err
	}
	if err := t.redraw(id); err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{about: p.ref()})
}
