package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"careline/store"
)

// Assign says whose the ticket is to be; nobody's with an empty account. Nobody having answered it yet, its deadline
// stands. ErrClosed.
func (f *Front) Assign(ctx context.Context, tx store.Tx, a Act, to Account, now time.Time) error {
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	k, err := f.open(ctx, tx, a)
	if err != nil {
		return err
	}
	return f.assign(ctx, tx, k, to, now)
}

// Release gives the ticket up: it waits for anybody.
func (f *Front) Release(ctx context.Context, tx store.Tx, a Act, now time.Time) error {
	return f.Assign(ctx, tx, a, Account{}, now)
}

// Prioritise changes how urgent a ticket is: Normal, High or Alarm. Of one that nobody has answered the deadline follows:
// an alarm is due soon, whatever the hour. ErrClosed, ErrUnknown.
func (f *Front) Prioritise(ctx context.Context, tx store.Tx, a Act, priority string, now time.Time) error {
	if !slices.Contains([]string{Normal, High, Alarm}, priority) {
		return ErrUnknown
	}
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	k, err := f.open(ctx, tx, a)
	if err != nil || k.Priority == priority {
		return err
	}
	k.Priority = priority
	if k.State == "open" && !untimed[k.Kind] && priority == Alarm {
		if err := f.hurry(ctx, tx, &k, now); err != nil {
			return err
		}
	}
	if err := tx.SaveTickets(ctx, []store.Ticket{k}); err != nil {
		return fmt.Errorf("changing how urgent a ticket is: %w", err)
	}
	if err := f.note(ctx, tx, "ticket.prioritised", k, priority, now); err != nil {
		return err
	}
	return f.tellOf(ctx, tx, k, News{What: Changed, Ticket: k.ID}, now)
}

// Note leaves words for colleagues in a ticket, a closed one too: the patient never sees them. ErrEmpty, ErrTooLong,
// store.ErrNotFound.
func (f *Front) Note(ctx context.Context, tx store.Tx, a Act, text string, now time.Time) error {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return ErrEmpty
	case utf8.RuneCountInString(text) > longestWords:
		return ErrTooLong
	}
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	found, err := tx.TicketsByID(ctx, []string{a.Ticket})
	if err != nil {
		return fmt.Errorf("reading a ticket: %w", err)
	}
	if len(found) == 0 || found[0].ContactID != a.Contact {
		return store.ErrNotFound
	}
	tx.Wake(store.DeskTopic)
	return f.remark(ctx, tx, found[0], Speaker{Name: a.By.Name, Account: a.By.ID}, text, now)
}

// remark writes an internal note, of which the other rooms hear.
func (d *Desk) remark(ctx context.Context, tx store.Tx, k store.Ticket, by Speaker, text string, now time.Time) error {
	note := store.TicketNote{TicketID: k.ID, Author: by.Name, Account: by.Account, Internal: true, Text: text, At: now}
	n, err := d.counted(ctx, tx, k.ID)
	if err != nil {
		return err
	}
	if err := tx.AddToTicket(ctx, []store.TicketNote{note}); err != nil {
		return fmt.Errorf("adding a note to a ticket: %w", err)
	}
	return d.tellOf(ctx, tx, k, News{What: Noted, Ticket: k.ID, Note: n}, now, by.Room)
}

// Start opens a ticket by hand; the kind, priority, note, patient and visit are the caller's to give. It waits for
// anybody, or for whom it is assigned to.
func (f *Front) Start(ctx context.Context, tx store.Tx, a Act, t store.Ticket, now time.Time) (store.Ticket, error) {
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return store.Ticket{}, err
	}
	t.ContactID = a.Contact
	if t.Kind == "" {
		t.Kind = Task
	}
	if t.ContactID != "" && t.PatientID == "" {
		c, err := living(ctx, tx, t.ContactID)
		if err != nil {
			return store.Ticket{}, err
		}
		t.PatientID = c.PatientID
	}
	return f.Open(ctx, tx, t, 0, now)
}
