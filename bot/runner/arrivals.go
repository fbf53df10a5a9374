package runner

import (
	"context"
	"sync"

	"careline/channels"
)

// arrivals gathers messages that come while others are being stored, so that one commit serves them all: a
// message that comes alone waits for nobody.
type arrivals struct {
	admit   func(context.Context, []channels.Incoming) error
	mu      sync.Mutex
	waiting []arrival
	busy    bool
}

// arrival is what one hand brought.
type arrival struct {
	in     []channels.Incoming
	stored chan error
}

// join returns when the messages are stored, or with ctx. Who brought them may be gone by then: they are
// stored with those of the others all the same.
func (a *arrivals) join(ctx context.Context, in []channels.Incoming) error {
	mine := arrival{in: in, stored: make(chan error, 1)}
	a.mu.Lock()
	a.waiting = append(a.waiting, mine)
	lead := !a.busy
	a.busy = true
	a.mu.Unlock()
	if lead {
		go a.work(context.WithoutCancel(ctx))
	}
	select {
	case err := <-mine.stored:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// work admits until nobody waits.
func (a *arrivals) work(ctx context.Context) {
	for some := a.next(); len(some) > 0; some = a.next() {
		var all []channels.Incoming
		for _, one := range some {
			all = append(all, one.in...)
		}
		err := a.admit(ctx, all)
		if err != nil && len(some) > 1 && !elsewhere(err) { // one of them cannot be stored, and not because of the others
			for _, one := range some {
				one.stored <- a.admit(ctx, one.in)
			}
			continue
		}
		for _, one := range some {
			one.stored <- err
		}
	}
}

// next takes those who wait, about as many messages as fit into one transaction.
func (a *arrivals) next() []arrival {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, messages := 0, 0
	for n < len(a.waiting) && (n == 0 || messages+len(a.waiting[n].in) <= contactsPerTx) {
		messages += len(a.waiting[n].in)
		n++
	}
	some := a.waiting[:n:n]
	a.waiting = a.waiting[n:]
	a.busy = n > 0
	return some
}
