package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Opening is for whom and for what the desk looks for a free time.
type Opening struct {
	Service *Service
	Branch  *Branch
	Doctor  string // empty = any
	Patient string // nobody sees the patient while they are elsewhere; empty = not known yet
	Visit   string // that is moved: its own time is free to it
}

// Openings are the times that begin in [from, to). The desk may give away what begins right now, and what is kept for
// acute patients.
func (r *Reception) Openings(ctx context.Context, tx store.Tx, o Opening, from, to, now time.Time) (*Free, error) {
	var who []string
	for _, p := range o.Service.performers() {
		who = append(who, p.ID)
	}
	busy, err := r.calendar(tx).Busy(ctx, who, from.Add(-24*time.Hour), to.Add(24*time.Hour), now)
	if err != nil {
		return nil, fmt.Errorf("reading busy times: %w", err)
	}
	busy = slices.DeleteFunc(busy, func(b store.Busy) bool { return o.Visit != "" && b.Appointment == o.Visit })
	if o.Patient != "" {
		visits, err := tx.AppointmentsOf(ctx, []string{o.Patient}, from.Add(-24*time.Hour), to.Add(24*time.Hour))
		if err != nil {
			return nil, fmt.Errorf("reading the patient's visits: %w", err)
		}
		for _, v := range visits {
			if v.ID == o.Visit || !takesTime(v.Status) {
				continue
			}
			for _, id := range who {
				busy = append(busy, store.Busy{Practitioner: id, Start: v.Start, End: v.End, Kind: store.Unavailable})
			}
		}
	}
	return r.Clinic.Find(Query{Service: o.Service, Branches: []*Branch{o.Branch}, Doctor: o.Doctor, Acute: true,
		From: from, To: to, Now: now.Add(-r.Clinic.Booking.Lead), Busy: busy}), nil
}

// OpeningAt is the time that begins at the moment; false when it is not free.
func (r *Reception) OpeningAt(ctx context.Context, tx store.Tx, o Opening, at, now time.Time) (Slot, bool, error) {
	free, err := r.Openings(ctx, tx, o, at, at.Add(tick), now)
	if err != nil {
		return Slot{}, false, err
	}
	for s := range free.All() {
		if s.Start().Equal(at) {
			return s, true, nil
		}
	}
	return Slot{}, false, nil
}
