package page

import (
	"context"
	"slices"

	"careline/bot/access"
)

// Look is what a live page shows: its parts, and whose data stand in them.
type Look struct {
	Parts    []Fragment
	Ref      string // of the page in the audit
	Patients []string
}

// StreamLook is Stream for a page with patients on it. What it shows at first was noted with the page; whoever is new on it
// later is noted once.
func (q *Request) StreamLook(seen access.Action, look func(ctx context.Context) (Look, error), keys ...string) error {
	var noted []string
	first := true
	return q.Stream(func(ctx context.Context) ([]Fragment, error) {
		l, err := look(ctx)
		if err != nil {
			return nil, err
		}
		var fresh []string
		for _, id := range l.Patients {
			if !slices.Contains(noted, id) {
				fresh, noted = append(fresh, id), append(noted, id)
			}
		}
		if !first && len(fresh) > 0 {
			if err := q.Access.Viewed(ctx, seen, l.Ref, fresh...); err != nil {
				return nil, err
			}
		}
		first = false
		return l.Parts, nil
	}, keys...)
}
