package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/store"
)

// Turn is what an administrator (or a ticket's deadline) does to a conversation. It goes through the
// inbox like a patient's words, so that human and bot never speak at the same time.
type Turn struct {
	Do     Do     `json:"do"`
	Author string `json:"author,omitempty"`
	Text   string `json:"text,omitempty"`
	Ticket string `json:"ticket,omitempty"`
}

// Do is the kind of turn.
type Do string

// The turns.
const (
	Reply      Do = "reply"      // the administrator writes to the patient, and owns the chat from now on
	Return     Do = "return"     // the bot goes on where it stopped
	Close      Do = "close"      // the matter is done; the waiting dialog ends
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

// Taken marks the chat's tickets as being answered by author: their deadlines are met.
func (d *Desk) Taken(ctx context.Context, tx store.Tx, contact, author string, now time.Time) error {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	var keys []string
	for i := range open {
		keys = append(keys, deadlineKey(open[i].ID))
		open[i].State, open[i].TakenBy = "taken", author
	}
	return d.save(ctx, tx, open, keys)
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
		if t.Do == Unanswered && (ticket.ID != t.Ticket || ticket.State != "open") {
			continue
		}
		if ticket.Task != 0 {
			tasks = append(tasks, ticket.Task)
		}
		ticket.Task = 0
		if t.Do != Unanswered {
			keys = append(keys, deadlineKey(ticket.ID))
			ticket.State, ticket.ClosedAt, ticket.Resolution = "closed", now, outcome[t.Do]
		}
		settled = append(settled, ticket)
	}
	return tasks, outcome[t.Do], d.save(ctx, tx, settled, keys)
}

func (d *Desk) save(ctx context.Context, tx store.Tx, tickets []store.Ticket, timers []string) error {
	if len(tickets) == 0 {
		return nil
	}
	if err := tx.SaveTickets(ctx, tickets); err != nil {
		return fmt.Errorf("saving tickets: %w", err)
	}
	if err := tx.CancelTimers(ctx, timers); err != nil {
		return fmt.Errorf("cancelling deadlines: %w", err)
	}
	tx.Wake(store.DeskTopic)
	return nil
}
