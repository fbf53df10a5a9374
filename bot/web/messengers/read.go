package messengers

import (
	"context"
	"errors"
	"slices"
	"time"

	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

const (
	deepest  = 10_000              // where counting what waits ends
	lookBack = 90 * 24 * time.Hour // at outages
	outages  = 5                   // that are shown
	mostOf   = 200                 // that are looked at
)

// messenger is what is known of a channel.
type messenger struct {
	ID      string
	Linker  channels.Linker
	Account string // that is linked
	Health  health
	Detail  string   // what the channel itself says, for engineers
	Advice  []string // how it could work better
	Since   time.Time
	In, Out store.Queue
	Outages []store.Ticket // the newest first
	Attempt attempt        // to link
	Snippet string         // for the clinic's site
}

// health of a channel.
type health string

const (
	works    health = "works"
	down     health = "down"     // it may pass
	broken   health = "broken"   // somebody has to mend it
	unlinked health = "unlinked" // no account
)

func (p *Pages) read(ctx context.Context, q *page.Request) (all []messenger, err error) {
	var in, out []store.Queue
	var known map[string]desk.Outage
	var attempts map[string]string
	var tickets []store.Ticket
	err = p.Store.Read(ctx, func(tx store.Tx) error {
		if in, err = tx.InQueues(ctx, deepest); err != nil {
			return err
		}
		if out, err = tx.OutQueues(ctx, q.Now, deepest); err != nil {
			return err
		}
		if known, err = desk.Outages(ctx, tx, q.Now); err != nil {
			return err
		}
		if attempts, err = tx.Recalled(ctx, attemptMemory, q.Now); err != nil {
			return err
		}
		tickets, err = past(ctx, tx, q.Now)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, c := range p.Channels {
		m := messenger{ID: string(c.ID()), Health: works, In: queue(in, c), Out: queue(out, c), Attempt: attemptOf(attempts[string(c.ID())])}
		for _, k := range tickets {
			if k.Note == m.ID && len(m.Outages) < outages {
				m.Outages = append(m.Outages, k)
			}
		}
		if err := m.account(ctx, c); err != nil {
			return nil, err
		}
		m.feel(ctx, c, known)
		m.Snippet = snippet(q, c)
		all = append(all, m)
	}
	return all, nil
}

// past outages, the newest first; those that last come before those that are over.
func past(ctx context.Context, tx store.Tx, now time.Time) (all []store.Ticket, err error) {
	for _, since := range []time.Time{{}, now.Add(-lookBack)} {
		found, err := tx.ListTickets(ctx, store.Listing{Kind: desk.ChannelDown, Closed: since, Limit: mostOf, Now: now})
		if err != nil {
			return nil, err
		}
		for _, k := range found {
			all = append(all, k.Ticket)
		}
	}
	return all, nil
}

func queue(all []store.Queue, c channels.Channel) store.Queue {
	i := slices.IndexFunc(all, func(q store.Queue) bool { return q.Channel == string(c.ID()) })
	if i < 0 {
		return store.Queue{}
	}
	return all[i]
}

func (m *messenger) account(ctx context.Context, c channels.Channel) (err error) {
	var links bool
	if m.Linker, links = c.(channels.Linker); links {
		m.Account, err = m.Linker.Account(ctx)
	}
	return err
}

// feel how the channel is: by what all processes know, and by what this one sees.
func (m *messenger) feel(ctx context.Context, c channels.Channel, known map[string]desk.Outage) {
	if h, tells := c.(channels.Health); tells {
		var e *channels.Error
		if trouble := h.Healthy(ctx); trouble != nil {
			m.Health, m.Detail = down, trouble.Error()
			if errors.As(trouble, &e) && e.Kind == channels.Misconfigured {
				m.Health = broken
			}
		}
	}
	if a, tells := c.(channels.Adviser); tells {
		m.Advice = a.Advice()
	}
	if o, out := known[m.ID]; out {
		if m.Since = o.Since; m.Health == works {
			m.Health = down
		}
		if o.Mend {
			m.Health = broken
		}
	}
	if m.Linker != nil && m.Account == "" {
		m.Health, m.Detail = unlinked, ""
	}
}
