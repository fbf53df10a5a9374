package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Taken marks the chat's tickets as being answered by author: their deadlines are met. Who speaks without being
// called has a ticket too, so that it can be handed back.
func (d *Desk) Taken(ctx context.Context, tx store.Tx, c store.Contact, author, account string, now time.Time) error {
	open, err := tx.TicketsOf(ctx, c.ID)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if len(open) == 0 {
		talk := store.Ticket{ContactID: c.ID, PatientID: c.PatientID, Kind: Talk, State: "taken", TakenBy: author, Account: account}
		_, err := d.Open(ctx, tx, talk, 0, now)
		return err
	}
	return d.take(ctx, tx, open, author, account, now)
}

// Take lets an administrator have one ticket; false when it is closed, or somebody else was first, who is named
// in the room that asked.
func (d *Desk) Take(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) (bool, error) {
	open, err := d.unclosed(ctx, tx, contact, t.Ticket)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(open, func(k store.Ticket) bool { return k.ID == t.Ticket })
	if i < 0 {
		return false, nil
	}
	if first := open[i].TakenBy; open[i].State == "taken" && (first != t.Author || open[i].Account != t.Account) {
		if t.Room == "" {
			return false, nil
		}
		return false, d.tell(ctx, tx, []string{t.Room}, News{What: TakenBefore, Ticket: t.Ticket, Author: first}, now)
	}
	return true, d.take(ctx, tx, open[i:i+1], t.Author, t.Account, now)
}

func (d *Desk) take(ctx context.Context, tx store.Tx, open []store.Ticket, author, account string, now time.Time) error {
	var taken []store.Ticket
	for _, k := range open {
		if k.State == "taken" && k.TakenBy == author && k.Account == account {
			continue
		}
		if err := d.answered(ctx, tx, k, now); err != nil {
			return err
		}
		k.State, k.TakenBy, k.Account = "taken", author, account
		if err := d.note(ctx, tx, "ticket.taken", k, account, now); err != nil {
			return err
		}
		taken = append(taken, k)
	}
	return d.save(ctx, tx, taken, now)
}

// Answered tells whether an administrator has one of the chat's tickets.
func (d *Desk) Answered(ctx context.Context, tx store.Tx, contact string) (bool, error) {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return false, fmt.Errorf("reading open tickets: %w", err)
	}
	return slices.ContainsFunc(open, func(k store.Ticket) bool { return k.State == "taken" }), nil
}
