package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// How much of each list is shown.
const (
	ticketsShown = 12
	ticketsRead  = 60 // those about nobody are left out: a summary of the day
	linesShown   = 8
	plansShown   = 12 // of those that are done or left
	visitsBack   = 400 * 24 * time.Hour
	visitsAhead  = 800 * 24 * time.Hour
)

// scene is everything that the page shows, as one transaction saw it.
type scene struct {
	now          time.Time
	next         time.Time // when something happens by itself; zero = never
	moving       bool
	contact      string // who wrote last; empty when nobody has
	conversation dialogs.Conversation
	seen         last
	tickets      []store.Ticket
	atDesk       string // contact whose chat the desk shows
	lines        []store.Line
	visits       []store.Appointment
	patients     map[string]store.Patient
	plans        []plan // of those who write: to come, the next first; then done or left, the newest first
}

func (d *Demo) scene(ctx context.Context) (s scene, err error) {
	s.now, s.moving = d.Clock.Now(), d.moving.Load()
	if s.next, err = d.Time.NextDue(ctx); err != nil {
		return s, err
	}
	err = d.Store.Read(ctx, func(tx store.Tx) error {
		if s.contact, s.conversation, s.seen, err = d.follow.newest(ctx, tx); err != nil {
			return err
		}
		if err := s.readDesk(ctx, tx); err != nil {
			return err
		}
		s.visits, err = tx.AppointmentsBetween(ctx, "", s.now.Add(-visitsBack), s.now.Add(visitsAhead))
		if err != nil {
			return err
		}
		if err := s.readPatients(ctx, tx); err != nil {
			return err
		}
		return d.readPlans(ctx, tx, &s)
	})
	if err != nil {
		return s, fmt.Errorf("reading what the demo shows: %w", err)
	}
	return s, nil
}

// readDesk reads the tickets and the chat that is most likely to be answered: the newest one when a human is
// called to it, else that of the most urgent ticket.
func (s *scene) readDesk(ctx context.Context, tx store.Tx) error {
	tickets, err := tx.TicketList(ctx, nil, ticketsRead)
	if err != nil {
		return err
	}
	tickets = slices.DeleteFunc(tickets, func(t store.Ticket) bool { return t.ContactID == "" })
	s.tickets = tickets[:min(len(tickets), ticketsShown)]
	s.atDesk = s.contact
	called := slices.ContainsFunc(s.tickets, func(t store.Ticket) bool { return t.ContactID == s.contact })
	if !called && s.conversation.Owner != dialogs.Operator && len(s.tickets) > 0 {
		s.atDesk = s.tickets[0].ContactID
	}
	if s.atDesk == "" {
		return nil
	}
	s.lines, err = tx.History(ctx, s.atDesk, 0, 0, linesShown)
	return err
}

func (s *scene) readPatients(ctx context.Context, tx store.Tx) error {
	var ids []string
	for _, v := range s.visits {
		ids = append(ids, v.PatientID)
	}
	for _, t := range s.tickets {
		ids = append(ids, t.PatientID)
	}
	patients, err := tx.Patients(ctx, ids)
	s.patients = map[string]store.Patient{}
	for _, p := range patients {
		s.patients[p.ID] = p
	}
	return err
}
