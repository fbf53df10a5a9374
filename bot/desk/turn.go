package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
)

// Turn is what an administrator (or a ticket's deadline) does to a conversation. It goes through the
// inbox like a patient's words, so that human and bot never speak at the same time.
type Turn struct {
	Do     Do     `json:"do"`
	Author string `json:"author,omitempty"`
	// Account is the author's at the desk; empty = they sit in a messenger.
	Account string `json:"account,omitempty"`
	Text    string `json:"text,omitempty"`
	Ticket  string `json:"ticket,omitempty"`
	Visit   string `json:"visit,omitempty"` // of Ask and Decided
	// Files go with Text; their refs belong to the patient's channel.
	Files []channels.File `json:"files,omitempty"`
	// Seen is the last line of the chat that the author in a Room, or with an Account, knew of: who else has spoken since
	// was first.
	Seen int64 `json:"seen,omitempty"`
	// Reason of Close: why a human was needed. Dialog of Return: what the bot goes on with.
	Reason string `json:"reason,omitempty"`
	Dialog string `json:"dialog,omitempty"`
	// Keep of Return: the tickets that stay work for a human.
	Keep []string `json:"keep,omitempty"`
	// Room is the contact of the administrators' chat in which it was done; it is told when it came too late.
	Room string `json:"room,omitempty"`
	// To whom Assign gives the ticket.
	To *Account `json:"to,omitempty"`
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
	Escalate   Do = "escalate"   // nobody has answered since then: the managers are told
	Resume     Do = "resume"     // the administrator goes on with a closed Ticket
	Assign     Do = "assign"     // Ticket is for To
	Note       Do = "note"       // words for colleagues in Ticket
	Ask        Do = "ask"        // again, whether the patient came
	Decided    Do = "decided"    // it was said elsewhere what became of Visit
)

// endings are what the dialog that waits in desk.operator hears.
var endings = map[Do]string{Return: "returned", Close: "closed", Unanswered: "unanswered"}

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
// settles nothing. A dialog whose ticket alone is closed waits on for another that a human has.
func (d *Desk) Ended(ctx context.Context, tx store.Tx, contact string, t Turn, now time.Time) (tasks []int, result string, err error) {
	open, err := d.unclosed(ctx, tx, contact, t.Ticket)
	if err != nil {
		return nil, "", err
	}
	var settled []store.Ticket
	for i, ticket := range open {
		if !settles(t, ticket) {
			continue
		}
		if heir := heirOf(open, i, t); heir != nil {
			heir.Task, ticket.Task = ticket.Task, 0
			settled = append(settled, *heir)
		}
		if ticket.Task != 0 {
			tasks = append(tasks, ticket.Task)
		}
		if slices.Contains(t.Keep, ticket.ID) {
			ticket.Task = 0
			if err := tx.SaveTickets(ctx, []store.Ticket{ticket}); err != nil {
				return nil, "", fmt.Errorf("keeping a ticket: %w", err)
			}
			continue
		}
		if t.Do != Unanswered {
			if err := d.answered(ctx, tx, ticket, now); err != nil {
				return nil, "", err
			}
			ticket.State, ticket.ClosedAt, ticket.Resolution = "closed", now, endings[t.Do]
			if ticket.TakenBy == "" {
				ticket.TakenBy, ticket.Account = t.Author, t.Account
			}
			ticket.Reason = cmp.Or(t.Reason, ticket.Reason)
			if err := d.over(ctx, tx, ticket, t, now); err != nil {
				return nil, "", err
			}
		} else if err := d.late(ctx, tx, ticket, now); err != nil {
			return nil, "", err
		}
		ticket.Task = 0
		settled = append(settled, ticket)
	}
	return tasks, endings[t.Do], d.save(ctx, tx, settled, now)
}

// settles: a turn about one ticket leaves the work that stands in others.
func settles(t Turn, k store.Ticket) bool {
	switch {
	case t.Do == Unanswered:
		return k.ID == t.Ticket && k.State == "open" && k.EscalatedAt.IsZero()
	case t.Ticket == "" || k.ID == t.Ticket:
		return true
	}
	return t.Do == Return && (k.Task != 0 || k.State == "taken")
}

// heirOf is the ticket for which a dialog waits on when its own, at i, is closed alone; nil when none is left with a human.
func heirOf(open []store.Ticket, i int, t Turn) *store.Ticket {
	if t.Do != Close || t.Ticket == "" || open[i].Task == 0 {
		return nil
	}
	for j := range open {
		if j != i && open[j].State == "taken" && open[j].Task == 0 {
			return &open[j]
		}
	}
	return nil
}

// unclosed are the tickets of a chat; of no chat, the one with the id.
func (d *Desk) unclosed(ctx context.Context, tx store.Tx, contact, ticket string) (open []store.Ticket, err error) {
	if contact != "" {
		open, err = tx.TicketsOf(ctx, contact)
	} else if open, err = tx.TicketsByID(ctx, []string{ticket}); err == nil {
		open = slices.DeleteFunc(open, func(k store.Ticket) bool { return k.ContactID != "" || k.State == "closed" })
	}
	if err != nil {
		return nil, fmt.Errorf("reading open tickets: %w", err)
	}
	return open, nil
}

// save writes tickets as they are now, ends the waiting for those that are answered, and lets the rooms know.
func (d *Desk) save(ctx context.Context, tx store.Tx, tickets []store.Ticket, now time.Time) error {
	if len(tickets) == 0 {
		return nil
	}
	if err := tx.SaveTickets(ctx, tickets); err != nil {
		return fmt.Errorf("saving tickets: %w", err)
	}
	var met []string
	for _, k := range tickets {
		what := Changed
		if k.State == "open" {
			what = Late
		} else {
			met = append(met, deadlineKey(k.ID))
		}
		if err := d.tellOf(ctx, tx, k, News{What: what, Ticket: k.ID}, now); err != nil {
			return err
		}
	}
	if err := tx.CancelTimers(ctx, met); err != nil {
		return fmt.Errorf("cancelling deadlines: %w", err)
	}
	return nil
}

// Apart takes a turn about a ticket of nobody's chat: of a patient whom no messenger reaches.
func (d *Desk) Apart(ctx context.Context, tx store.Tx, t Turn, now time.Time) (err error) {
	switch t.Do {
	case Take:
		_, err = d.Take(ctx, tx, "", t, now)
	case Close, Unanswered:
		_, _, err = d.Ended(ctx, tx, "", t, now)
	case Escalate:
		err = d.Escalated(ctx, tx, "", t, now)
	case Resume:
		_, err = d.Resume(ctx, tx, "", t, now)
	case Assign, Note:
		err = d.Among(ctx, tx, "", t, now)
	case Ask:
		err = d.AskOutcome(ctx, tx, t.Visit, now)
	case Decided:
		err = d.decided(ctx, tx, t.Visit, now)
	}
	return err
}
