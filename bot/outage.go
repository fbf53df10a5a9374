package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

const (
	lookEvery = 5 * time.Second
	// settles is how long a messenger has to be as it is before anybody is told: one that comes and goes is not to
	// ring all the time. What only somebody can mend is told at once.
	settles = 30 * time.Second
)

// verdict on a messenger.
type verdict string

const (
	works  verdict = "works"
	down   verdict = desk.Passes
	broken verdict = desk.ToBeMended
)

// pulse is how a messenger has been in this process.
type pulse struct {
	now   verdict
	since time.Time
	told  verdict // the last one that was acted upon; empty = none yet
}

// feel looks at the messenger, whose trouble is err, and tells whether its verdict is to be acted upon.
func (p *pulse) feel(at time.Time, err error) (due bool) {
	now := verdictOf(err)
	if (now == works) != (p.now == works) || p.now == "" {
		p.since = at
	}
	p.now = now
	return now != p.told && (now == broken || at.Sub(p.since) >= settles)
}

func verdictOf(err error) verdict {
	var e *channels.Error
	switch {
	case err == nil:
		return works
	case errors.As(err, &e) && e.Kind == channels.Misconfigured:
		return broken
	}
	return down
}

// attend lets the administrators know, within a minute, of a messenger that does not work, once for each outage, and
// when it works again.
func (b *Bot) attend(ctx context.Context, c channels.Channel, h channels.Health) {
	var p pulse
	for ctx.Err() == nil {
		b.look(ctx, c.ID(), &p, h)
		if b.Clock.Until(ctx, b.Clock.Now().Add(lookEvery)) != nil {
			return
		}
	}
}

// look feels the pulse once. Of a messenger that one process receives from, only that one can tell.
func (b *Bot) look(ctx context.Context, id channels.ID, p *pulse, h channels.Health) {
	if l := b.leases[id]; l != nil && !l.Held() {
		*p = pulse{}
		return
	}
	trouble := h.Healthy(ctx)
	if ctx.Err() != nil || !p.feel(b.Clock.Now(), trouble) {
		return
	}
	news, done, err := b.note(ctx, id, p.now)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		b.Log.Error("the administrators could not be told of a channel", "channel", id, "error", err)
		return
	case news && p.now == works:
		b.Log.Info("channel works again", "channel", id)
	case news:
		b.Log.Error("channel does not work", "channel", id, "error", trouble)
	}
	if done {
		p.told = p.now
	}
}

// note tells the administrators what they do not know yet. It is not done while another process does the same.
func (b *Bot) note(ctx context.Context, id channels.ID, v verdict) (news, done bool, err error) {
	reception := b.Runner.Desk()
	err = b.Store.Tx(ctx, func(tx store.Tx) error {
		news = false
		now := b.Clock.Now()
		at, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if done, err = tx.Lease(ctx, desk.OutageMemory+":"+string(id), b.name, at, at.Add(time.Second)); err != nil || !done {
			return err
		}
		known, err := tx.Recall(ctx, string(id), desk.OutageMemory, now)
		if err != nil {
			return err
		}
		was, ticket, told := strings.Cut(known, " ")
		if told == (v != works) && (verdict(was) != down || v != broken) {
			return nil
		}
		if news = true; told {
			if err := reception.Mended(ctx, tx, id, ticket, v == works, now); err != nil {
				return err
			}
		}
		known = ""
		if v != works {
			if ticket, err = reception.Broke(ctx, tx, id, v == broken, now); err != nil {
				return err
			}
			known = string(v) + " " + ticket
		}
		return tx.Remember(ctx, string(id), desk.OutageMemory, known, time.Time{})
	})
	return news, done, err
}
