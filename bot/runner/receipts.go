package runner

import (
	"context"
	"fmt"
	"sync"

	"careline/store"
)

// mostReceipts is how many questions are remembered: an answer mostly comes soon.
const mostReceipts = 8192

// receipts are the networks' ids of messages with buttons that went a while ago, by our own ids, so that closing
// them needs no look into the store. It forgets the older half when it is full.
type receipts struct {
	mu       sync.Mutex
	new, old map[string]string
}

func (r *receipts) keep(id, receipt string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.new == nil || len(r.new) >= mostReceipts/2 {
		r.old, r.new = r.new, make(map[string]string)
	}
	r.new[id] = receipt
}

func (r *receipts) recall(ids []string) (known map[string]string, all bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known = make(map[string]string, len(ids))
	for _, id := range ids {
		if receipt, ok := r.new[id]; ok {
			known[id] = receipt
		} else if receipt, ok := r.old[id]; ok {
			known[id] = receipt
		}
	}
	return known, len(known) == len(ids)
}

// of finds the receipts of messages.
func (r *receipts) of(ctx context.Context, db store.Store, ids []string) (known map[string]string, err error) {
	known, all := r.recall(ids)
	if all {
		return known, nil
	}
	err = db.Read(ctx, func(tx store.Tx) error {
		known, err = tx.Receipts(ctx, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading receipts: %w", err)
	}
	return known, nil
}
