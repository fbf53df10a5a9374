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
	refuse  func(ctx context.Context, m channels.Incoming, why error) error
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
		for _, one := range some {
			if err != nil && !elsewhere(err) {
				one.stored <- a.each(ctx, one.in)
			} else {
				one.stored <- err
			}
		}
	}
}

// each admits messages one by one, for one of them cannot be stored: a network brings it again and again, and with it
// all that came in the same delivery. So it is refused.
func (a *arrivals) each(ctx context.Context, in []channels.Incoming) error {
	for _, m := range in {
		err := a.admit(ctx, []channels.Incoming{m})
		for try := 1; try < tries && err != nil && !elsewhere(err); try++ {
			err = a.admit(ctx, []channels.Incoming{m})
		}
		if err != nil && !elsewhere(err) {
			err = a.refuse(ctx, m, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
