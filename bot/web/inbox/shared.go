package inbox

import (
	"context"
	"sync"
	"time"

	"careline/bot/web/page"
	"careline/store"
)

// asked is which list is wanted; those who ask the same see the same.
type asked struct {
	View
	whose  string    // an account, of Mine
	closed time.Time // since when, of Closed
}

func askedBy(q *page.Request, v View) asked {
	a := asked{View: v}
	switch v.Show {
	case Mine:
		a.whose = q.Account.ID
	case Closed:
		y, m, d := q.Now.Date()
		a.closed = time.Date(y, m, d, 0, 0, 0, 0, q.Zone).UTC()
	}
	return a
}

// shown is what all see who ask the same.
type shown struct {
	found   []store.Listed
	counted store.Counted
	kinds   []string
	next    store.Spot
	drawn   *drawn
}

// Key is under which a page with the list hears that it has changed.
func Key(q *page.Request) string { return keyOf(ViewOf(q)) }

func keyOf(v View) string {
	if v.Show == Chats {
		return page.HeardKey
	}
	return page.InboxKey
}

// mostViews are kept; who looks for something rare pays for it anew.
const mostViews = 100

// views are what open pages show: each is read once for a change, however many desks have it open.
type views struct {
	page.Desk
	mu   sync.Mutex
	open map[asked]*page.Memo[shown]
}

func newViews(d page.Desk) *views { return &views{Desk: d, open: map[asked]*page.Memo[shown]{}} }

// shared is what stands in the list since the last change that its key has told of: right for those who watch that.
func (v *views) shared(ctx context.Context, a asked) (shown, error) {
	v.mu.Lock()
	memo := v.open[a]
	if memo == nil {
		if len(v.open) >= mostViews {
			clear(v.open)
		}
		memo = page.NewMemo(v.Live, keyOf(a.View), func(ctx context.Context) (shown, error) {
			s, err := v.read(ctx, a)
			s.drawn = &drawn{lines: map[look]string{}}
			return s, err
		})
		v.open[a] = memo
	}
	v.mu.Unlock()
	return memo.Get(ctx)
}

// read the list as it is now.
func (v *views) read(ctx context.Context, a asked) (s shown, err error) {
	err = v.Store.Read(ctx, func(tx store.Tx) error {
		if s.counted, err = tx.CountTickets(ctx); err != nil {
			return err
		}
		if s.kinds, err = tx.TicketKinds(ctx); err != nil {
			return err
		}
		s.found, err = v.find(ctx, tx, a)
		return err
	})
	if len(s.found) > pageSize {
		s.found = s.found[:pageSize]
		s.next = s.found[pageSize-1].Spot
	}
	return s, err
}

func (v *views) find(ctx context.Context, tx store.Tx, a asked) (found []store.Listed, err error) {
	wanted := store.Listing{Kind: a.Kind, Branch: a.Branch, Channel: a.Channel, After: a.After, Whose: a.whose, Closed: a.closed,
		Nobodys: a.Show == Nobodys, Limit: pageSize + 1, Now: v.Clock.Now()}
	if a.Show != Chats {
		return tx.ListTickets(ctx, wanted)
	}
	if wanted.Except, err = Rooms(ctx, tx, v.Clinic.Desk); err != nil {
		return nil, err
	}
	return tx.ListChats(ctx, wanted)
}
