package bot

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"careline/bot/clock"
	"careline/store"
)

// pace of a lease. A dead holder is replaced within term + look.
type pace struct {
	term   time.Duration // what one renewal grants
	renew  time.Duration // pause between renewals
	look   time.Duration // pause between the looks of those who wait
	margin time.Duration // the holder stops so long before the end of what was granted
}

var leasePace = pace{term: 6 * time.Second, renew: 2 * time.Second, look: time.Second, margin: time.Second}

// lease is the right to do what one process of all may do. It is granted and judged by the database's clock, which is
// one for all; the holder measures only how long it has been since it asked, so the machines' clocks may differ.
type lease struct {
	pace
	name, holder string
	store        store.Store
	log          *slog.Logger
	until        atomic.Pointer[time.Time] // nil = not held
	inARow       atomic.Int32              // grants without a failure between them
}

// steady is how many grants in a row tell that the database has answered long enough for every living process to
// have renewed its own leases: after an outage all of them are over at once.
const steady = 3

func (b *Bot) newLease(name string) *lease {
	return &lease{pace: leasePace, name: name, holder: b.name, store: b.Store, log: b.Log}
}

// Held reports whether the right is ours at this moment. A machine that was suspended sees it by the time of day: the
// clock that cannot be set stood still.
func (l *lease) Held() bool {
	until, now := l.until.Load(), time.Now()
	return until != nil && now.Before(*until) && now.Round(0).Before(until.Round(0))
}

// While does something whenever this process holds the lease, until ctx ends. The context of do ends before the lease
// does; the lease is given back when do has returned.
func (l *lease) While(ctx context.Context, do func(context.Context)) {
	for ctx.Err() == nil {
		if l.ask(ctx) {
			l.log.Info("lease taken", "lease", l.name)
			l.during(ctx, do)
			l.giveBack(ctx)
		}
		pause(ctx, l.look)
	}
}

// during renews the lease while do runs, and ends its context when that fails for too long.
func (l *lease) during(ctx context.Context, do func(context.Context)) {
	held, lose := context.WithCancel(ctx)
	defer lose()
	end := time.AfterFunc(time.Until(*l.until.Load()), lose) // also when the database hangs
	defer end.Stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(held)
	}()
	for next := l.renew; pause(held, next); {
		switch {
		case l.ask(held):
			end.Reset(time.Until(*l.until.Load()))
			next = l.renew
		case l.Held():
			next = l.look
		default:
			lose()
		}
	}
	<-done
	if ctx.Err() == nil {
		l.log.Warn("lease lost", "lease", l.name)
	}
}

// ask takes or renews the lease. An error keeps what was granted before; an answer that it is another's does not, nor
// one that comes when the grant is over: for a while, however short, others may have acted on that.
func (l *lease) ask(ctx context.Context) (mine bool) {
	ctx, cancel := context.WithTimeout(ctx, l.renew)
	defer cancel()
	renewal := l.until.Load() != nil
	until := time.Now().Add(l.term - l.margin)
	err := l.store.Tx(ctx, func(tx store.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		mine, err = tx.Lease(ctx, l.name, l.holder, now, now.Add(l.term))
		return err
	})
	if mine = err == nil && mine && (!renewal || l.Held()); mine {
		l.until.Store(&until)
		l.inARow.Add(1)
		return true
	}
	l.inARow.Store(0)
	if err == nil {
		l.until.Store(nil)
	}
	return false
}

// giveBack lets the next one begin at once. Should it fail, the lease ends by itself.
func (l *lease) giveBack(ctx context.Context) {
	l.until.Store(nil)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.renew)
	defer cancel()
	err := l.store.Tx(ctx, func(tx store.Tx) error { return tx.Unlease(ctx, l.name, l.holder) })
	if err != nil {
		l.log.Warn("lease not given back", "lease", l.name, "error", err)
	}
}

// pause reports whether the time has passed; otherwise ctx has ended.
func pause(ctx context.Context, d time.Duration) bool {
	return clock.Real{}.Until(ctx, time.Now().Add(d)) == nil
}
