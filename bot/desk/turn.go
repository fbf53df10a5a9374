package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/channels"
	"careline/store"
)

// Turn is what an administrator (or a ticket's deadline) does to a conversation. It goes through the
// inbox like a patient's words, so that human and bot never speak at the same time.
type Turn struct {
	Do     Do     `json:"do"`
	Author string `json:"author,omitempty"`
	Text   string `json:"text,omitempty"`
	Ticket string `json:"ticket,omitempty"`
	// Files go with Text; their refs belong to the patient's channel.
	Files []channels.File `json:"files,omitempty"`
	// Room is the contact of the administrators' chat in which it was done; it is told when it came too late.
	Room string `json:"room,omitempty"`
}

// Do is the kind of turn.
type Do string

// The turns.
const (
	Reply      Do = "reply"      // the administrator writes to the patient, and owns the chat from now on
	Take       Do = "take"       // the administrator will answer Ticket, and owns the chat from now on
	Return     Do = "return"     // the bot goes on where it stopped
	Close      Do = "close"      // the matter, or that of Ticket alone, is done; the waiting dialog ends
	Unanswered Do = "unanswered" // the deadline passed before anybody answered
)

// outcome is what the dialog that waits in desk.operator hears.
var outcome = map[Do]string{Return: "returned", Close: "closed", Unanswered: "unanswered"}

// Submit puts a turn into the inbox of the contact.
func Submit(ctx context.Context, tx store.Tx, contact, id string, t Turn, now time.Time) error {
	payload, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("writing a desk turn: %w", err)
	}
	_, err = tx.Accept(ctx, []store.Input{{
		Channel: "desk", ExternalID: id, ContactID: contact, Kind: store.DeskInput, Payload: payload, ReceivedAt: now,
	}})
	if err != nil {
		return fmt.Errorf("accepting a desk turn: %w", err)
	}
	tx.Wake(store.InboxTopic)
	return nil
}

// Ended closes the tickets that a turn settles and tells which tasks wait for the outcome. Unanswered
// settles only its own ticket, and leaves it open for whoever comes late; a ticket that is taken by then
// settles nothing.
func (d *Desk) Ended(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) (tasks []int, result string, err error) {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return nil, "", fmt.Errorf("reading open tickets: %w", err)
	}
	var keys []string
	var settled []store.Ticket
	for _, ticket := range open {
		if !settles(t, ticket) {
			continue
		}
		if ticket.Task != 0 {
			tasks = append(tasks, ticket.Task)
		}
		ticket.Task = 0
		if t.Do != Unanswered {
			keys = append(keys, deadlineKey(ticket.ID))
			ticket.State, ticket.ClosedAt, ticket.Resolution = "closed", now, outcome[t.Do]
			ticket.TakenBy = cmp.Or(ticket.TakenBy, t.Author)
		}
		settled = append(settled, ticket)
	}
	return tasks, outcome[t.Do], d.save(ctx, tx, settled, keys, now)
}

// settles: a turn about one ticket leaves the work that stands in others.
func settles(t Turn, k store.Ticket) bool {
	switch {
	case t.Do == Unanswered:
		return k.ID == t.Ticket && k.State == "open"
	case t.Ticket == "" || k.ID == t.Ticket:
		return true
	}
	return t.Do == Return && (k.Task != 0 || k.State == "taken")
}

// save writes tickets as they are now, cancels their timers and lets the rooms know.
func (d *Desk) save(ctx context.Context, tx store.Tx, tickets []store.Ticket, timers []string, now time.Time) error {
	if len(tickets) == 0 {
		return nil
	}
	if err := tx.SaveTickets(ctx, tickets); err != nil {
		return fmt.Errorf("saving tickets: %w", err)
	}
	if err := tx.CancelTimers(ctx, timers); err != nil {
		return fmt.Errorf("cancelling deadlines: %w", err)
	}
	for _, k := range tickets {
		what := Changed
		if k.State == "open" {
			what = Late
		}
		if err := d.Tell(ctx, tx, News{What: what, Ticket: k.ID}, now); err != nil {
			return err
		}
	}
	return nil
}
