// Package desk is the humans' side of a conversation: tickets with a deadline, who speaks for the clinic,
// and the way back to the bot.
package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
)

// Desk opens and moves tickets inside the transaction of a step.
type Desk struct {
	Hours   Hours
	Promise time.Duration // working time until a human answers a call for the operator
	Alarm   time.Duration // plain time until an alarm must be answered, at night too
	IDs     func() string
}

// Priorities of a ticket.
const (
	Normal = "normal"
	High   = "high"
	Alarm  = "alarm"
)

// Open writes a ticket. A zero deadline becomes after within of working time, or at once for an alarm.
func (d *Desk) Open(ctx context.Context, tx store.Tx, t store.Ticket, within time.Duration, now time.Time) (store.Ticket, error) {
	t.ID, t.State, t.CreatedAt = d.IDs(), "open", now
	if t.Priority == "" {
		t.Priority = Normal
	}
	if t.Deadline.IsZero() {
		t.Deadline = d.due(t.Priority, within, now)
	}
	if err := tx.OpenTickets(ctx, []store.Ticket{t}); err != nil {
		return t, fmt.Errorf("opening a ticket: %w", err)
	}
	if t.Task != 0 {
		if err := d.expect(ctx, tx, t); err != nil {
			return t, err
		}
	}
	tx.Wake(store.DeskTopic)
	return t, tx.AppendEvents(ctx, []store.Event{{
		At: now, Name: "ticket.opened", ContactID: t.ContactID, PatientID: t.PatientID, Task: t.Task, Value: t.Kind, Ref: t.ID,
	}})
}

// Once opens a ticket unless the contact has one of its kind that nobody has closed.
func (d *Desk) Once(ctx context.Context, tx store.Tx, t store.Ticket, now time.Time) error {
	open, err := tx.TicketsOf(ctx, t.ContactID)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if slices.ContainsFunc(open, func(o store.Ticket) bool { return o.Kind == t.Kind }) {
		return nil
	}
	_, err = d.Open(ctx, tx, t, 0, now)
	return err
}

func (d *Desk) due(priority string, within time.Duration, now time.Time) time.Time {
	if priority == Alarm {
		if within == 0 {
			within = d.Alarm
		}
		return now.Add(within)
	}
	if within == 0 {
		within = d.Promise
	}
	return Deadline(d.Hours, now, within)
}

// expect lets the waiting dialog hear «unanswered» when the deadline passes.
func (d *Desk) expect(ctx context.Context, tx store.Tx, t store.Ticket) error {
	payload, err := json.Marshal(Turn{Do: Unanswered, Ticket: t.ID})
	if err != nil {
		return fmt.Errorf("writing the deadline of a ticket: %w", err)
	}
	err = tx.SetTimers(ctx, []store.Timer{{Key: deadlineKey(t.ID), ContactID: t.ContactID, Due: t.Deadline, Kind: store.DeskInput, Payload: payload}})
	if err != nil {
		return fmt.Errorf("setting the deadline of a ticket: %w", err)
	}
	tx.Wake(store.TimerTopic)
	return nil
}

func deadlineKey(ticket string) string { return "ticket:" + ticket }

// Add lets what the patient wrote join the open tickets of the chat.
func (d *Desk) Add(ctx context.Context, tx store.Tx, contact, author, text string, files []channels.File, now time.Time) error {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if len(open) == 0 {
		return nil
	}
	var sent json.RawMessage
	if len(files) > 0 {
		if sent, err = json.Marshal(files); err != nil {
			return fmt.Errorf("writing the files of a note: %w", err)
		}
	}
	note := store.TicketNote{TicketID: open[len(open)-1].ID, Author: author, Text: text, Files: sent, At: now}
	if err := tx.AddToTicket(ctx, []store.TicketNote{note}); err != nil {
		return fmt.Errorf("adding to a ticket: %w", err)
	}
	tx.Wake(store.DeskTopic)
	return nil
}
