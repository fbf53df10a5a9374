package store

import (
	"context"
	"fmt"
)

const ticketColumns = `id, contact_id, patient_id, task, kind, priority, state, health, note, visit, deadline_us, created_us, taken_by, closed_us, resolution, escalated_us, account, reason`

func ticketFields(k *Ticket) []any {
	return []any{&k.ID, maybe{&k.ContactID}, maybe{&k.PatientID}, &k.Task, &k.Kind, &k.Priority, &k.State, &k.Health,
		&k.Note, &k.Visit, at{&k.Deadline}, at{&k.CreatedAt}, &k.TakenBy, at{&k.ClosedAt}, &k.Resolution, at{&k.EscalatedAt}, &k.Account, &k.Reason}
}

// OpenTickets implements Tickets.
func (t *tx) OpenTickets(ctx context.Context, tickets []Ticket) error {
	rows := make([][]any, len(tickets))
	for i, k := range tickets {
		rows[i] = []any{k.ID, none(k.ContactID), none(k.PatientID), k.Task, k.Kind, k.Priority, k.State, k.Health,
			k.Note, k.Visit, micros(k.Deadline), micros(k.CreatedAt), k.TakenBy, micros(k.ClosedAt), k.Resolution, micros(k.EscalatedAt), k.Account, k.Reason}
		t.changesVisits(k.Visit)
	}
	_, err := t.insert(ctx, "opening tickets", `INSERT INTO tickets (`+ticketColumns+`)`, rows, "")
	return err
}

// TicketsByID implements Tickets.
func (t *tx) TicketsByID(ctx context.Context, ids []string) ([]Ticket, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading tickets", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE id = ANY(`+p.add(ids)+`) ORDER BY created_us, id`, p...)
}

// TicketsOf implements Tickets.
func (t *tx) TicketsOf(ctx context.Context, contact string) ([]Ticket, error) {
	return query(ctx, t, "reading a contact's tickets", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE contact_id = $1 AND state <> 'closed' ORDER BY created_us, id`, contact)
}

// LastClosed implements Tickets.
func (t *tx) LastClosed(ctx context.Context, contact string) (Ticket, error) {
	found, err := query(ctx, t, "reading a contact's last ticket", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE contact_id = $1 AND state = 'closed' ORDER BY closed_us DESC, id LIMIT 1`, contact)
	if err != nil {
		return Ticket{}, err
	}
	if len(found) == 0 {
		return Ticket{}, fmt.Errorf("reading a contact's last ticket: %w", ErrNotFound)
	}
	return found[0], nil
}

// TicketsAbout implements Tickets.
func (t *tx) TicketsAbout(ctx context.Context, visits []string) ([]Ticket, error) {
	if len(visits) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading tickets of visits", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE visit = ANY(`+p.add(visits)+`) AND visit <> '' AND state <> 'closed'
		ORDER BY created_us, id`, p...)
}

// TicketList implements Tickets.
func (t *tx) TicketList(ctx context.Context, states []string, limit int) ([]Ticket, error) {
	if len(states) == 0 {
		states = []string{"open", "taken"}
	}
	var p params
	return query(ctx, t, "listing tickets", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE state = ANY(`+p.add(states)+`)
		ORDER BY CASE WHEN deadline_us = 0 THEN 1 ELSE 0 END, deadline_us, created_us, id `+atMost(p.add(limit)), p...)
}

// SaveTickets implements Tickets.
func (t *tx) SaveTickets(ctx context.Context, tickets []Ticket) error {
	for _, k := range tickets {
		t.changesVisits(k.Visit)
		n, err := t.exec(ctx, "saving a ticket",
			`UPDATE tickets SET kind = $1, priority = $2, state = $3, health = $4, note = $5, visit = $6,
				deadline_us = $7, taken_by = $8, closed_us = $9, resolution = $10, task = $11, escalated_us = $12,
				account = $13, reason = $14 WHERE id = $15`,
			k.Kind, k.Priority, k.State, k.Health, k.Note, k.Visit,
			micros(k.Deadline), k.TakenBy, micros(k.ClosedAt), k.Resolution, k.Task, micros(k.EscalatedAt), k.Account, k.Reason, k.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("saving a ticket: %w", ErrNotFound)
		}
	}
	return nil
}

// AddToTicket implements Tickets.
func (t *tx) AddToTicket(ctx context.Context, notes []TicketNote) error {
	rows := make([][]any, len(notes))
	for i, n := range notes {
		rows[i] = []any{n.TicketID, n.Author, n.Account, n.Internal, n.Text, n.Files, micros(n.At)}
	}
	_, err := t.insert(ctx, "adding to a ticket", `INSERT INTO ticket_notes (ticket_id, author, account, internal, text, files, at_us)`, rows, "")
	return err
}

// TicketNotes implements Tickets.
func (t *tx) TicketNotes(ctx context.Context, ticket string) ([]TicketNote, error) {
	return query(ctx, t, "reading a ticket's notes", func(n *TicketNote) []any {
		return []any{&n.TicketID, &n.Author, &n.Account, &n.Internal, &n.Text, raw{&n.Files}, at{&n.At}}
	}, `SELECT ticket_id, author, account, internal, text, files, at_us FROM ticket_notes WHERE ticket_id = $1 ORDER BY seq`, ticket)
}
