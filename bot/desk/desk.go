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

	"careline/bot/booking"
	"careline/channels"
	"careline/store"
)

// Desk opens and moves tickets inside the transaction of a step.
type Desk struct {
	Hours    func(branch string) Hours // of a branch's desk; of none, or one that is no more, the main branch's
	Promise  time.Duration             // working time until a human answers a call for the operator
	Alarm    time.Duration             // plain time until an alarm must be answered, at night too
	Callback time.Duration             // working time until somebody is called back
	Escalate time.Duration             // from a missed deadline until the managers hear of it
	IDs      func() string
	// Rooms are the administrators' chats, which are told what happens; none = the desk in the browser alone.
	Rooms []channels.Address
	// Managers are the chats of those who are told what the administrators have missed. One may be among Rooms.
	Managers []channels.Address
}

// Priorities of a ticket.
const (
	Normal = "normal"
	High   = "high"
	Alarm  = "alarm"
)

// Kinds of tickets that the desk knows itself.
const (
	CallBack    = "call_back"
	Unconfirmed = "unconfirmed"        // nobody has answered the reminder
	Rescheduled = "changed"            // the clinic has changed a visit, and the patient cannot be written to
	Outcome     = booking.OutcomeAsked // nobody has said whether the patient came
	Digest      = "digest"             // the morning's summary
	Talk        = "talk"               // a human spoke without being called
	Task        = "task"               // opened by hand
	ChannelDown = "channel_down"       // a messenger does not work; the note is its id
)

// untimed are the kinds of tickets for which no patient waits: they have no deadline.
var untimed = map[string]bool{Outcome: true, Digest: true, ChannelDown: true}

// Open writes a ticket. A zero deadline becomes after within of working time in its branch, or at once for an
// alarm. What happens in a room itself is no work.
func (d *Desk) Open(ctx context.Context, tx store.Tx, t store.Ticket, within time.Duration, now time.Time) (store.Ticket, error) {
	rooms, managers, err := d.chats(ctx, tx, now)
	if err != nil || t.ContactID != "" && slices.Contains(append(rooms, managers...), t.ContactID) {
		return store.Ticket{}, err
	}
	t.ID, t.CreatedAt = d.IDs(), now
	t.State, t.Priority = cmp.Or(t.State, "open"), cmp.Or(t.Priority, Normal)
	if t.Deadline.IsZero() && !untimed[t.Kind] {
		if t.Deadline, err = d.due(ctx, tx, t, within, now); err != nil {
			return t, err
		}
	}
	if err := tx.OpenTickets(ctx, []store.Ticket{t}); err != nil {
		return t, fmt.Errorf("opening a ticket: %w", err)
	}
	if t.State == "open" && !untimed[t.Kind] {
		if err := d.expect(ctx, tx, t, Unanswered, t.Deadline); err != nil {
			return t, err
		}
	}
	tx.Wake(store.DeskTopic)
	if err := d.tell(ctx, tx, rooms, News{What: Opened, Ticket: t.ID}, now); err != nil {
		return t, err
	}
	return t, d.note(ctx, tx, "ticket.opened", t, t.Kind, now)
}

// note appends a line about a ticket to the funnel.
func (d *Desk) note(ctx context.Context, tx store.Tx, name string, t store.Ticket, value string, now time.Time) error {
	err := tx.AppendEvents(ctx, []store.Event{{
		At: now, Name: name, ContactID: t.ContactID, PatientID: t.PatientID, Task: t.Task, Value: value, Ref: t.ID,
	}})
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
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

// Patient is the author of what a patient wrote.
const Patient = "patient"

// Speaker is who says something in a chat: the Patient, or an administrator with their account, or their room.
type Speaker struct{ Name, Account, Room string }

// Add lets what the patient wrote to the human who owns the chat, or the human to the patient, join the newest
// open ticket. A file without a ref stands for what only has a name: a voice message, a sticker.
func (d *Desk) Add(ctx context.Context, tx store.Tx, contact string, by Speaker, text string, files []channels.File, now time.Time) error {
	open, err := tx.TicketsOf(ctx, contact)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if len(open) == 0 {
		return nil
	}
	ticket := open[len(open)-1]
	note := store.TicketNote{TicketID: ticket.ID, Author: by.Name, Account: by.Account, Text: text, At: now}
	if len(files) > 0 {
		if note.Files, err = json.Marshal(files); err != nil {
			return fmt.Errorf("writing the files of a note: %w", err)
		}
	}
	news := News{What: Wrote, Ticket: note.TicketID}
	if by.Name != Patient {
		news.What = Spoke
	}
	if news.Note, err = d.counted(ctx, tx, note.TicketID); err != nil {
		return err
	}
	if err := tx.AddToTicket(ctx, []store.TicketNote{note}); err != nil {
		return fmt.Errorf("adding to a ticket: %w", err)
	}
	return d.tellOf(ctx, tx, ticket, news, now, by.Room)
}

// counted is how many notes a ticket has, if anybody is to be told of the next.
func (d *Desk) counted(ctx context.Context, tx store.Tx, ticket string) (int, error) {
	if len(d.Rooms)+len(d.Managers) == 0 {
		return 0, nil
	}
	earlier, err := tx.TicketNotes(ctx, ticket)
	return len(earlier), wrap("counting a ticket's notes", err)
}
