package storetest

import (
	"context"
	"math"
	"time"

	"careline/store"
)

// InDepth counts the inputs that wait for their step, and those that failed for good.
func InDepth(ctx context.Context, tx store.Tx) (waiting, parked int, err error) {
	queues, err := tx.InQueues(ctx, math.MaxInt32)
	if err != nil {
		return 0, 0, err
	}
	parked, err = tx.Parked(ctx)
	return sum(queues), parked, err
}

// OutDepth counts the messages that are still to be sent, whenever that may be.
func OutDepth(ctx context.Context, tx store.Tx) (int, error) {
	queues, err := tx.OutQueues(ctx, time.Now().AddDate(1000, 0, 0), math.MaxInt32)
	return sum(queues), err
}

func sum(queues []store.Queue) (n int) {
	for _, q := range queues {
		n += q.Waiting
	}
	return n
}
