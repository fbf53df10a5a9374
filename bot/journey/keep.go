package journey

import (
	"context"
	"errors"
	"fmt"

	"careline/store"
)

// Kept is a store whose transactions end by planning again for whatever they changed.
type Kept struct {
	store.Store
	planner *Planner
}

// ErrUnplanned: what was done is undone, for what follows from it cannot be planned.
var ErrUnplanned = errors.New("planning what follows")

// Keep lets the planner plan in every transaction of the store. One that is kept already is kept by this planner.
func Keep(s store.Store, p *Planner) *Kept {
	if kept, ok := s.(*Kept); ok {
		s = kept.Store
	}
	return &Kept{Store: s, planner: p}
}

// Tx implements store.Store.
func (k *Kept) Tx(ctx context.Context, f func(store.Tx) error) error {
	return k.Store.Tx(ctx, func(tx store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		if err := k.planner.Replan(ctx, tx, tx.Changed()); err != nil {
			return fmt.Errorf("%w: %w", ErrUnplanned, err)
		}
		return nil
	})
}
