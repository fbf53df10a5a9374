package page

import (
	"context"
	"time"

	"careline/bot/access"
	"careline/store"
)

// inLine is how many tickets nobody has taken, and when the newest of them came.
type inLine struct {
	n      int
	newest time.Time
}

func (l *Live) count(ctx context.Context) (w inLine, err error) {
	err = l.store.Read(ctx, func(tx store.Tx) error {
		w.n, w.newest, err = tx.TicketsWaiting(ctx)
		return err
	})
	return w, err
}

// waits is how many wait when the page is opened, so that nothing moves when the stream tells it. What cannot be counted now
// comes by the stream.
func (q *Request) waits() int {
	if !q.May(access.ReadChats) {
		return 0
	}
	w, err := q.Live.waiting.Get(q.Context())
	if err != nil {
		return 0
	}
	return w.n
}

// bar is what every page shows live: how many wait, and the newest of them, for which the page rings.
func (q *Request) bar(ctx context.Context) ([]Fragment, error) {
	if !q.May(access.ReadChats) {
		return nil, nil
	}
	w, err := q.Live.waiting.Get(ctx)
	if err != nil {
		return nil, err
	}
	var newest int64
	if w.n > 0 {
		newest = w.newest.UnixMicro()
	}
	return []Fragment{{"waiting", waiting(q, w.n)}, {"ring", ring(newest)}}, nil
}
