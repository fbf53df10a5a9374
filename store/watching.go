package store

import (
	"context"
	"time"
)

// Pulse is as long the same as nothing was said, sent or handed over in a chat.
type Pulse struct {
	ContactID string
	Lines     int64 // that the chat has
	Unsent    int64
	Owner     string
	StepAt    time.Time // the conversation was stepped last
}

// Watching is what the desk's open pages look at again and again: each is one cheap query for all of them.
type Watching interface {
	// Pulses of the chats, by contact.
	Pulses(ctx context.Context, contacts []string) ([]Pulse, error)
	// SaidInTickets grows whenever a line is added to a chat that has a ticket that is not closed; it changes when tickets do.
	SaidInTickets(ctx context.Context) (int64, error)
	// TicketsWaiting is how many tickets nobody has taken, and when the newest of them was opened; zero = there are none.
	TicketsWaiting(ctx context.Context) (n int, newest time.Time, err error)
}

// Pulses implements Watching.
func (t *tx) Pulses(ctx context.Context, contacts []string) ([]Pulse, error) {
	if len(contacts) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "looking at chats", func(p *Pulse) []any {
		return []any{&p.ContactID, &p.Lines, &p.Unsent, &p.Owner, at{&p.StepAt}}
	}, `SELECT h.contact_id, h.lines, (SELECT count(*) FROM outbox o WHERE o.contact_id = h.contact_id AND o.state = 'waiting'),
			COALESCE(c.owner, ''), COALESCE(c.updated_us, 0)
		FROM threads h LEFT JOIN conversations c ON c.contact_id = h.contact_id
		WHERE h.contact_id = ANY(`+p.add(contacts)+`) ORDER BY h.contact_id`, p...)
}

// SaidInTickets implements Watching.
func (t *tx) SaidInTickets(ctx context.Context) (int64, error) {
	return t.number(ctx, "counting what was said in tickets", `SELECT COALESCE(SUM(h.lines), 0) FROM threads h
		WHERE h.contact_id IN (SELECT contact_id FROM tickets WHERE state IN ('open', 'taken'))`)
}

// TicketsWaiting implements Watching.
func (t *tx) TicketsWaiting(ctx context.Context) (n int, newest time.Time, err error) {
	type counted struct {
		n      int
		newest time.Time
	}
	found, err := query(ctx, t, "counting tickets", func(c *counted) []any { return []any{&c.n, at{&c.newest}} },
		`SELECT count(*), COALESCE(MAX(created_us), 0) FROM tickets WHERE state = 'open'`)
	if err != nil || len(found) == 0 {
		return 0, time.Time{}, err
	}
	return found[0].n, found[0].newest, nil
}
