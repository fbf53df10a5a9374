package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
)

// assign says whose the ticket is to be; nobody's with an empty account. Nobody having answered it yet, its deadline
// stands.
func (d *Desk) assign(ctx context.Context, tx store.Tx, k store.Ticket, to Account, now time.Time) error {
	k.TakenBy, k.Account = to.Name, to.ID
	if err := tx.SaveTickets(ctx, []store.Ticket{k}); err != nil {
		return fmt.Errorf("assigning a ticket: %w", err)
	}
	if err := d.note(ctx, tx, "ticket.assigned", k, to.ID, now); err != nil {
		return err
	}
	return d.tellOf(ctx, tx, k, News{What: Changed, Ticket: k.ID}, now)
}

// Among does what administrators of a room do among themselves, and the patient never sees: Assign and Note. A ticket
// that is closed by now is assigned to nobody.
func (d *Desk) Among(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) error {
	found, err := tx.TicketsByID(ctx, []string{t.Ticket})
	if err != nil {
		return fmt.Errorf("reading a ticket: %w", err)
	}
	switch {
	case len(found) == 0 || found[0].ContactID != contact:
		return nil
	case t.Do == Note:
		return d.remark(ctx, tx, found[0], Speaker{Name: t.Author, Account: t.Account, Room: t.Room}, t.Text, now)
	case found[0].State == "closed" || t.To == nil:
		return nil
	}
	return d.assign(ctx, tx, found[0], *t.To, now)
}

// How many colleagues are offered, and how long ago they have taken something.
const (
	mostColleagues = 16
	takersSince    = 30 * 24 * time.Hour
)

// colleagues are those whom a ticket can be handed to: who answers at the desk, and who has taken tickets in a room.
func (t *talk) colleagues() (all []Account, err error) {
	if t.Staff != nil {
		if all, err = t.Staff(t.ctx, t.tx); err != nil {
			return nil, err
		}
	}
	names, err := t.tx.Takers(t.ctx, t.now.Add(-takersSince), mostColleagues)
	if err != nil {
		return nil, fmt.Errorf("reading who takes tickets: %w", err)
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(a Account) bool { return a.Name == name }) {
			all = append(all, Account{Name: name})
		}
	}
	return all[:min(len(all), mostColleagues)], nil
}

// ask puts the colleagues in place of a card's buttons.
func (t *talk) ask(k store.Ticket) error {
	all, err := t.colleagues()
	if err != nil {
		return err
	}
	var offered []channels.Choice
	for _, a := range all {
		if a.Name != k.TakenBy || a.ID != k.Account {
			offered = append(offered, channels.Choice{Data: toButton + ":" + k.ID + ":" + a.mark(), Label: "👤 " + short(a.Name)})
		}
	}
	offered = append(offered, channels.Choice{Data: backButton + ":" + k.ID, Label: t.word("desk.room.back")})
	return t.redrawn(k, offered)
}

// handTo lets a colleague have it, as the button with the mark says.
func (t *talk) handTo(m channels.Incoming, k store.Ticket, mark string) error {
	all, err := t.colleagues()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a Account) bool { return a.mark() == mark })
	if i < 0 {
		return t.redrawn(k, t.topicButtons(k))
	}
	return t.submit(k.ContactID, Turn{Do: Assign, Author: t.author(m), Ticket: k.ID, To: &all[i]})
}

// mark tells colleagues apart on a button.
func (a Account) mark() string { return keyOf("colleague", a.ID, a.Name)[:8] }
