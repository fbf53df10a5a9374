package bot

import (
	"context"
	"time"

	"careline/channels"
	"careline/store"
)

// Memory is what one channel keeps between two runs, in the store that all processes share.
type Memory struct {
	Channel channels.ID
	Store   store.Store
	Now     func() time.Time
}

// Recall implements channels.Memory.
func (m Memory) Recall(ctx context.Context, name string) (value string, err error) {
	err = m.Store.Read(ctx, func(tx store.Tx) error {
		value, err = tx.Recall(ctx, string(m.Channel), name, m.Now())
		return err
	})
	return value, err
}

// Remember implements channels.Memory.
func (m Memory) Remember(ctx context.Context, name, value string, until time.Time) error {
	return m.Store.Tx(ctx, func(tx store.Tx) error { return tx.Remember(ctx, string(m.Channel), name, value, until) })
}

var _ channels.Memory = Memory{}
