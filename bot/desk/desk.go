// Package desk is the humans' side of a conversation: tickets with a deadline, who speaks for the clinic,
// and the way back to the bot.
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

// Desk opens and moves tickets inside the transaction of a step.
type Desk struct {
	Hours   Hours
	Promise time.Duration // working time until a human answers a call for the operator
	Alarm   time.Duration // plain time until an alarm must be answered, at night too
	IDs     func() string
	// Rooms are the administrators' chats, which are told what happens; none = the desk in the browser alone.
	Rooms []channels.Address
}

// Priorities of a ticket.
const (
	Normal = "normal"
	High   = "high"
	Alarm  = "alarm"
)

// Open writes a ticket. A zero deadline becomes after within of working time, or at once for an alarm. What
// happens in a room itself is no work.
func (d *Desk) Open(ctx context.Context, tx store.Tx, t store.Ticket, within time.Duration, now time.Time) (store.Ticket, error) {
	rooms, err := d.rooms(ctx, tx, now)
	if err != nil || slices.Contains(rooms, t.ContactID) {
		return store.Ticket{}, err
	}
	t.ID, t.CreatedAt = d.IDs(), now
	t.State, t.Priority = cmp.Or(t.State, "open"), cmp.Or(t.Priority, Normal)
	if t.Deadline.IsZero() {
		t.Deadline = d.due(t.Priority, within, now)
	}
	if err := tx.OpenTickets(ctx, []store.Ticket{t}); err != nil {
		return t, fmt.Errorf("opening a ticket: %w", err)
	}
	if t.ContactID != "" && t.State == "open" && (t.Task != 0 || len(rooms) > 0) {
		if err := d.expect(ctx, tx, t); err != nil {
			return t, err
		}
	}
	tx.Wake(store.DeskTopic)
	if err := d.tell(ctx, tx, rooms, News{What: Opened, Ticket: t.ID}, now); err != nil {
		return t, err
	}
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

// expect lets the waiting dialog, and the rooms, hear «unanswered» when the deadline passes.
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

// Patient is the author of what a patient wrote.
const Patient = "patient"

// Add lets what the patient wrote to the human who owns the chat, or the human to the patient, join the newest
// open ticket. A file without a ref stands for what only has a name: a voice message, a sticker.
func (d *Desk) Add(ctx context.Context, tx store.Tx, contact, author, text string, files []channels.File, now time.Time) error {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if len(open) == 0 {
		return nil
	}
	note := store.TicketNote{TicketID: open[len(open)-1].ID, Author: author, Text: text, At: now}
	if len(files) > 0 {
		if note.Files, err = json.Marshal(files); err != nil {
			return fmt.Errorf("writing the files of a note: %w", err)
		}
	}
	news := News{What: Wrote, Ticket: note.TicketID}
	if author == Patient && len(d.Rooms) > 0 {
		earlier, err := tx.TicketNotes(ctx, note.TicketID)
		if err != nil {
			return fmt.Errorf("counting a ticket's notes: %w", err)
		}
		news.Note = len(earlier)
	}
	if err := tx.AddToTicket(ctx, []store.TicketNote{note}); err != nil {
		return fmt.Errorf("adding to a ticket: %w", err)
	}
	if author == Patient {
		return d.Tell(ctx, tx, news, now)
	}
	tx.Wake(store.DeskTopic)
	return nil
}
