package demo

import (
	"context"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// How much is looked at.
const (
	plansShown  = 12 // of those that are done or left
	visitsBack  = 400 * 24 * time.Hour
	visitsAhead = 800 * 24 * time.Hour
)

// scene is everything that the page shows, as one transaction saw it.
type scene struct {
	now          time.Time
	next         time.Time // when something happens by itself; zero = never
	moving       bool
	contact      string // who wrote last; empty when nobody has
	conversation dialogs.Conversation
	seen         last
	visits       []store.Appointment // of those who write
	plans        []plan              // of those who write: to come, the next first; then done or left, the newest first
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
		people, err := people(ctx, tx, s.contact)
		if err != nil || len(people) == 0 {
			return err
		}
		s.visits, err = tx.AppointmentsOf(ctx, people, s.now.Add(-visitsBack), s.now.Add(visitsAhead))
		if err != nil {
			return err
		}
		return d.readPlans(ctx, tx, &s, people)
	})
	if err != nil {
		return s, fmt.Errorf("reading what the demo shows: %w", err)
	}
	return s, nil
}
