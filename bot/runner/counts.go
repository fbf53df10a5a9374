package runner

import (
	"context"
	"slices"
	"strings"

	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// funnel counts what the events and touches of transactions tell. Labels hold names out of the clinic's scripts and of
// the program, never a person.
type funnel struct {
	DialogsStarted *prometheus.CounterVec // by dialog
	DialogsEnded   *prometheus.CounterVec // by dialog and outcome
	Visits         *prometheus.CounterVec // by what happened to one
	Touches        *prometheus.CounterVec // by timeline and outcome
	Ratings        *prometheus.CounterVec // by value
	TicketsOpened  *prometheus.CounterVec // by kind
	TicketsLate    *prometheus.CounterVec // by kind
}

// visited are the ends of the names of events that change a visit.
var visited = []string{"booked", "moved", "confirmed", "cancelled", "arrived", "fulfilled", "noshow"}

// told counts an event.
func (f *funnel) told(e store.Event) {
	switch e.Name {
	case "dialog.started":
		f.DialogsStarted.WithLabelValues(e.Dialog).Inc()
	case "dialog.ended":
		f.DialogsEnded.WithLabelValues(e.Dialog, e.Value).Inc()
	case "rating.given":
		f.Ratings.WithLabelValues(e.Value).Inc()
	case "ticket.opened":
		f.TicketsOpened.WithLabelValues(e.Value).Inc()
	case "ticket.late":
		f.TicketsLate.WithLabelValues(e.Value).Inc()
	}
	if change, ok := strings.CutPrefix(e.Name, "visit."); ok && slices.Contains(visited, change) {
		f.Visits.WithLabelValues(change).Inc()
	}
}

// Counting is the store whose transactions are counted when they stand: one that is repeated or undone counts nothing.
func (m *Metrics) Counting(s store.Store) store.Store { return counting{s, &m.funnel} }

type counting struct {
	store.Store
	funnel *funnel
}

// Tx implements store.Store.
func (c counting) Tx(ctx context.Context, f func(store.Tx) error) error {
	var seen counted
	err := c.Store.Tx(ctx, func(tx store.Tx) error {
		seen = counted{Tx: tx}
		return f(&seen)
	})
	if err != nil {
		return err
	}
	for _, e := range seen.events {
		c.funnel.told(e)
	}
	for _, t := range seen.touches {
		c.funnel.Touches.WithLabelValues(t.Timeline, t.Outcome).Inc()
	}
	return nil
}

// counted is a transaction that remembers what it wrote.
type counted struct {
	store.Tx
	events  []store.Event
	touches []store.Touch
}

// AppendEvents implements store.Events.
func (c *counted) AppendEvents(ctx context.Context, e []store.Event) error {
	err := c.Tx.AppendEvents(ctx, e)
	if err == nil {
		c.events = append(c.events, e...)
	}
	return err
}

// Touch implements store.Touches; what was noted before counts no second time.
func (c *counted) Touch(ctx context.Context, t []store.Touch) ([]bool, error) {
	first, err := c.Tx.Touch(ctx, t)
	for i, isFirst := range first {
		if isFirst {
			c.touches = append(c.touches, t[i])
		}
	}
	return first, err
}

// Savepoint implements store.Tx: what it undoes was not written.
func (c *counted) Savepoint(ctx context.Context, f func() error) error {
	events, touches := len(c.events), len(c.touches)
	err := c.Tx.Savepoint(ctx, f)
	if err != nil {
		c.events, c.touches = c.events[:events], c.touches[:touches]
	}
	return err
}
