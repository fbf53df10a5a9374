package demo

import (
	"context"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// How much of each list is shown.
const (
	ticketsShown = 12
	linesShown   = 8
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
	lines        []store.Line
	visits       []store.Appointment
	patients     map[string]store.Patient
}

func (d *Demo) scene(ctx context.Context) (s scene, err error) {
	s.now, s.moving = d.Clock.Now(), d.moving.Load()
	if s.next, err = d.Time.NextDue(ctx); err != nil {
		return s, err
	}
	err = d.Store.Read(ctx, func(tx store.Tx) error {
		if err := d.readChat(ctx, tx, &s); err != nil {
			return err
		}
		if s.tickets, err = tx.TicketList(ctx, nil, ticketsShown); err != nil {
			return err
		}
		s.visits, err = tx.AppointmentsBetween(ctx, "", s.now.Add(-visitsBack), s.now.Add(visitsAhead))
		if err != nil {
			return err
		}
		return s.readPatients(ctx, tx)
	})
	if err != nil {
		return s, fmt.Errorf("reading what the demo shows: %w", err)
	}
	return s, nil
}

func (d *Demo) readChat(ctx context.Context, tx store.Tx, s *scene) (err error) {
	if s.contact, s.conversation, s.seen, err = d.follow.newest(ctx, tx); err != nil || s.contact == "" {
		return err
	}
	s.lines, err = tx.History(ctx, s.contact, 0, 0, linesShown)
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
