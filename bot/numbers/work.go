package numbers

import (
	"context"

	"careline/store"
)

// Tickets is work for humans.
type Tickets struct {
	Opened int  `json:"opened"`
	InTime Part `json:"in_time"` // of those whose deadline has passed, or that were answered
	Open   int  `json:"open"`    // not due yet
}

// Kind of ticket.
type Kind struct {
	Name string `json:"name"`
	Tickets
}

func (t *Tickets) add(c store.TicketCount) {
	t.Opened += c.Opened
	t.InTime.plus(c.InTime, c.InTime+c.Late)
	t.Open += c.Opened - c.InTime - c.Late
}

// callBack is the kind of ticket that asks for a telephone call.
const callBack = "call_back"

func (r *Report) tickets(ctx context.Context, tx store.Tx, a Ask) error {
	counts, err := tx.TicketCounts(ctx, a.spans(), a.Now)
	for _, c := range counts {
		if n := len(r.Kinds); n == 0 || r.Kinds[n-1].Name != c.Kind {
			r.Kinds = append(r.Kinds, Kind{Name: c.Kind})
		}
		r.Kinds[len(r.Kinds)-1].add(c)
		r.Tickets.add(c)
		if c.Kind == callBack {
			r.Callbacks.add(c)
		}
	}
	return err
}

// Links are addresses behind buttons: pages for reviews.
type Links struct {
	Opened Part `json:"opened"`
}

func (r *Report) links(ctx context.Context, tx store.Tx, a Ask) error {
	counts, err := tx.LinkCounts(ctx, a.spans())
	for _, c := range counts {
		r.Links.Opened.plus(c.Opened, c.Shown)
	}
	return err
}
