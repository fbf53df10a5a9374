package messengers

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

const (
	// attemptMemory is where the memory of a channel has the attempt to link it, for the pages of all processes.
	attemptMemory = "desk_link"
	attemptLasts  = 10 * time.Minute
	unlinkWithin  = 15 * time.Second
)

// attempt to link an account. The zero one is none.
type attempt struct {
	ID     string    `json:"id,omitempty"`
	QR     string    `json:"qr,omitempty"`
	Typed  string    `json:"typed,omitempty"`
	Until  time.Time `json:"until,omitzero"` // of the code
	Failed string    `json:"failed,omitempty"`
}

func attemptOf(kept string) (a attempt) {
	_ = json.Unmarshal([]byte(kept), &a) // one that cannot be read is none
	return a
}

var phoneShape = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
var phoneNoise = regexp.MustCompile(`[\s()\-]`)

// link begins to link an account; the codes are shown on the page as they come.
func (p *Pages) link(q *page.Request) error {
	c, l, err := p.linker(q)
	if err != nil {
		return err
	}
	f := q.Form()
	phone := ""
	if f.One("way", "scan", "type") == "type" {
		if phone = phoneNoise.ReplaceAllString(f.Text("phone", page.Required), ""); phone != "" && !phoneShape.MatchString(phone) {
			f.Wrong("phone", "desk.channels.phone_wrong")
		}
	}
	if !f.Good() {
		return p.show(q, f)
	}
	a := attempt{ID: p.IDs()}
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		if err := q.Access.Audit(q.Context(), tx, linkBegun, "", "channel/"+string(c.ID())); err != nil {
			return err
		}
		return p.keep(q.Context(), tx, c.ID(), a)
	})
	if err != nil {
		return err
	}
	ctx, stop := p.Live.Outlive(q.Context())
	p.instead(c.ID(), stop)
	go p.attempt(ctx, stop, c.ID(), l, phone, a)
	return q.Redirect("/desk/channels#" + string(c.ID()))
}

// attempt links, and tells all pages each code until it is over.
func (p *Pages) attempt(ctx context.Context, stop func(), id channels.ID, l channels.Linker, phone string, a attempt) {
	defer stop()
	_, err := l.Link(ctx, phone, func(c channels.LinkCode) {
		a.QR, a.Typed, a.Until = c.QR, c.Typed, c.Until
		if still, err := p.renew(ctx, id, a); err != nil || !still {
			stop() // another attempt was begun, or this one stopped, perhaps in another process
		}
	})
	a = attempt{ID: a.ID}
	if err != nil {
		p.Log.Warn("a channel was not linked", "channel", id, "error", err)
		a.Failed = err.Error()
	}
	if _, err := p.renew(context.WithoutCancel(ctx), id, a); err != nil {
		p.Log.Warn("the end of linking a channel could not be noted", "channel", id, "error", err)
	}
}

// renew keeps the attempt while it is the one of the moment.
func (p *Pages) renew(ctx context.Context, id channels.ID, a attempt) (still bool, err error) {
	err = p.Store.Tx(ctx, func(tx store.Tx) error {
		kept, err := tx.Recall(ctx, string(id), attemptMemory, p.Clock.Now())
		if still = attemptOf(kept).ID == a.ID; err != nil || !still {
			return err
		}
		return p.keep(ctx, tx, id, a)
	})
	return still, err
}

// keep the attempt for the pages; one that has neither begun nor failed is over.
func (p *Pages) keep(ctx context.Context, tx store.Tx, id channels.ID, a attempt) error {
	tx.Wake(store.DeskTopic)
	value, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("writing an attempt to link: %w", err)
	}
	return tx.Remember(ctx, string(id), attemptMemory, string(value), p.Clock.Now().Add(attemptLasts))
}

// instead stops what this process does for the channel, in favour of something else.
func (p *Pages) instead(id channels.ID, stop func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if before := p.stops[id]; before != nil {
		before()
	}
	p.stops[id] = stop
}

// stop gives the attempt up.
func (p *Pages) stop(q *page.Request) error {
	c, _, err := p.linker(q)
	if err != nil {
		return err
	}
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.Remember(q.Context(), string(c.ID()), attemptMemory, "", time.Time{})
	})
	if err != nil {
		return err
	}
	p.instead(c.ID(), nil)
	return q.Redirect("/desk/channels#" + string(c.ID()))
}

// sure asks whether the account is really to be given up.
func (p *Pages) sure(q *page.Request) error {
	c, l, err := p.linker(q)
	if err != nil {
		return err
	}
	number, err := l.Account(q.Context())
	if err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Channels, q.Word("desk.channels.unlink"), confirm(q, string(c.ID()), number))
}

func (p *Pages) unlink(q *page.Request) error {
	c, l, err := p.linker(q)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(q.Context(), unlinkWithin)
	defer cancel()
	if err := l.Unlink(ctx); err != nil {
		p.Log.Warn("a channel was not unlinked", "channel", c.ID(), "error", err)
		return page.Conflict("desk.channels.unlink_failed")
	}
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return q.Access.Audit(q.Context(), tx, unlinkDone, "", "channel/"+string(c.ID()))
	})
	if err != nil {
		return err
	}
	q.Toast("desk.channels.unlinked_now")
	return q.Redirect("/desk/channels#" + string(c.ID()))
}
