package page

import (
	"context"

	"careline/bot/access"
	"careline/store"
)

// mostCounted is how many tickets the bar counts.
const mostCounted = 1000

// bar is what every page shows live: how many wait, and when the newest of them came, for which the page rings.
func (s *stream) bar(ctx context.Context) (parts []Fragment, err error) {
	if !s.May(access.ReadChats) {
		return nil, nil
	}
	var open []store.Ticket
	err = s.Store.Read(ctx, func(tx store.Tx) error {
		open, err = tx.TicketList(ctx, []string{"open"}, mostCounted)
		return err
	})
	if err != nil {
		return nil, err
	}
	var newest int64
	for _, k := range open {
		newest = max(newest, k.CreatedAt.UnixMicro())
	}
	return []Fragment{{"waiting", waiting(s.Request, len(open))}, {"ring", ring(newest)}}, nil
}
