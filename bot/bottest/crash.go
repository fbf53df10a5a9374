package bottest

import (
	"context"
	"errors"

	"careline/store"
)

// ErrCrash is what a Crashing store says instead of an answer.
var ErrCrash = errors.New("the process crashed here")

// Crashing is a store whose transactions end as they do when a process dies: before the commit, so that nothing of
// them is kept, or just after it, so that all is kept and nobody was told.
type Crashing struct {
	store.Store
	// Next decides about each transaction.
	Next func() Crash
}

// Crash is the fate of a transaction.
type Crash int

// The fates.
const (
	None Crash = iota
	BeforeCommit
	AfterCommit
)

// Tx implements store.Store.
func (c *Crashing) Tx(ctx context.Context, f func(store.Tx) error) error {
	fate := c.Next()
	err := c.Store.Tx(ctx, func(tx store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		if fate == BeforeCommit {
			return ErrCrash
		}
		return nil
	})
	if err == nil && fate == AfterCommit {
		return ErrCrash
	}
	return err
}
