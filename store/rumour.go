package store

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	rumourEvery  = 100 * time.Millisecond
	rumourWithin = 5 * time.Second
)

// rumour tells other processes of what happens too often to be told by each transaction: at once, and then at most so
// often as long as there is more to tell.
type rumour struct {
	mu    sync.Mutex
	more  bool
	ends  context.CancelFunc // of the teller; nil = there is none
	told  chan struct{}      // closed when the teller has ended
	ended bool
}

// spread lets it be told; what tell cannot tell is told next time.
func (r *rumour) spread(tell func(context.Context) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.more = true
	if r.ends != nil || r.ended {
		return
	}
	var ctx context.Context
	ctx, r.ends = context.WithCancel(context.Background())
	r.told = make(chan struct{})
	go r.run(ctx, tell)
}

func (r *rumour) run(ctx context.Context, tell func(context.Context) error) {
	defer close(r.told)
	for r.next(ctx) {
		within, cancel := context.WithTimeout(ctx, rumourWithin)
		_ = tell(within) // whoever listens looks again by itself, as after any lost signal
		cancel()
		_ = pause(ctx, rumourEvery)
	}
}

// next reports whether there is something to tell; when not, the teller has ended.
func (r *rumour) next(ctx context.Context) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	goes := r.more && ctx.Err() == nil
	if r.more = false; !goes {
		r.ends()
		r.ends = nil
	}
	return goes
}

// end waits for the teller, who tells nothing any more.
func (r *rumour) end() {
	r.mu.Lock()
	r.ended = true
	told := r.told
	if r.ends != nil {
		r.ends()
	}
	r.mu.Unlock()
	if told != nil {
		<-told
	}
}

// tellSaid tells other processes that somebody said something.
func (db *Database) tellSaid(ctx context.Context) error {
	s, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", db.dialect.explain(err))
	}
	defer s.Rollback() // after a commit it does nothing
	if err := db.notify(ctx, s, []Topic{SaidTopic}); err != nil {
		return err
	}
	return s.Commit()
}
