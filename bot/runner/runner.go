// Package runner turns what waits in the inbox into steps of the engine, one commit each, sends what the
// steps said, and fires timers. Any number of runners may work on one store: a contact is stepped by one
// of them at a time, in the order of arrival.
package runner

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/bot/journey"
	"careline/channels"
	"careline/dialogs"
	"careline/store"

	"golang.org/x/sync/errgroup"
)

// Parts are what a Runner works with. All are required but Redirect, Unguessable, Alive, Variants and Passed.
type Parts struct {
	Store    store.Store
	Scripts  *dialogs.Set
	Clinic   *booking.Clinic
	Channels []channels.Channel
	Clock    clock.Clock
	IDs      func() string
	Sealer   engine.Sealer
	Metrics  *Metrics
	Log      *slog.Logger
	// Name of this process among the others: the holder of what it claims.
	Name string
	// Public is the address of our own pages, without a slash at the end; for links in messages.
	Public string
	// Redirect is the address of our own page that counts clicks, without a slash at the end; empty = buttons with a
	// link open it directly, and nobody knows.
	Redirect string
	// Unguessable makes the keys of links; nil = crypto/rand.Text.
	Unguessable func() string
	// TriageRules: the urgency rules are on. A clinic's clinician has to sign them first.
	TriageRules bool
	// Alive reports whether the other processes believe this one to live: whether it holds its store.ProcessLease;
	// nil = always. One that does not has nothing in hand any more.
	Alive func() bool
	// Variants fixes the variant of an A/B test, for transcripts; a test not in it goes by a hash.
	Variants map[string]string
	// Passed is told of every state that a conversation passes through; nil = nobody wants to know.
	Passed func(dialog, state string)
}

// Limits of one transaction and of patience.
const (
	contactsPerTx = 100
	inputsPerStep = 20
	tries         = 3
	lookAgain     = 30 * time.Second // a sleeper looks even without a signal: signals may be lost
	drainWithin   = 10 * time.Second
	firstRetry    = time.Second
	hangsAfter    = 30 * time.Second // a database that has not answered until then may never do so on this connection
)

// Runner runs the conversation of a clinic.
type Runner struct {
	Parts
	engine   *engine.Engine
	journey  *journey.Planner
	house    *actions.House
	actions  actions.Table
	sender   *sender
	arrivals arrivals
	room     *desk.Room
	// working is held for reading while the loops do something, so that Settle can wait for them.
	working sync.RWMutex
	// stepping is held by the one transaction of steps: two of one process would wait for each other's calendars,
	// and could hand their messages to the sender in the wrong order.
	stepping sync.Mutex
}

// New puts a runner together. Run starts it. Its Store plans in every transaction what follows from it.
func New(p Parts) *Runner {
	if p.Unguessable == nil {
		p.Unguessable = rand.Text
	}
	house := &actions.House{
		Scripts: p.Scripts, Clinic: p.Clinic, IDs: p.IDs, Invite: p.invite, TriageRules: p.TriageRules,
		Reception: &booking.Reception{Clinic: p.Clinic, IDs: p.IDs},
		Desk:      newDesk(p),
	}
	planner := &journey.Planner{Scripts: p.Scripts, Clinic: p.Clinic, Reception: house.Reception, Clock: p.Clock, Variants: p.Variants}
	p.Store, house.Journey = journey.Keep(p.Metrics.Counting(p.Store), planner), planner
	r := &Runner{Parts: p, journey: planner, engine: engine.New(p.Scripts), house: house, actions: actions.All(), sender: newSender(p, house.Desk)}
	planner.Down = r.sender.down
	r.arrivals.admit, r.arrivals.refuse, r.room = r.admit, r.refuse, house.Room()
	return r
}

// Run works until ctx ends, then finishes the transaction and the messages under way within a deadline.
func (r *Runner) Run(ctx context.Context) error {
	work, cancel := drain(ctx, drainWithin)
	defer cancel()
	shut := r.sender.open()
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return r.loop(ctx, work, store.InboxTopic, "stepping", r.Step, r.nextTry) })
	g.Go(func() error { return r.loop(ctx, work, store.TimerTopic, "firing timers", r.Fire, r.nextTimer) })
	g.Go(func() error {
		return r.loop(ctx, work, store.OutboxTopic, "claiming messages", r.sender.Claim, r.nextClaim)
	})
	g.Go(func() error { return r.sweeps(ctx) })
	g.Go(func() error { return r.reroutes(ctx) })
	g.Go(func() error { return r.release(ctx) })
	err := g.Wait()
	shut(work)
	return err
}

// drain is a context that outlives ctx by at most within.
func drain(ctx context.Context, within time.Duration) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(within, cancel) })
	return work, func() { stop(); cancel() }
}

// loop does all there is to do, then sleeps until a signal, the next due moment, or a look without reason.
func (r *Runner) loop(ctx, work context.Context, topic store.Topic, what string, do func(context.Context) (int, error), next func(context.Context) (time.Time, error)) error {
	signals, stop := r.Store.Wake(topic)
	defer stop()
	for failures := 0; ctx.Err() == nil; {
		try, cancel := context.WithTimeout(work, hangsAfter)
		n, err := r.beside(try, do)
		cancel()
		switch {
		case err != nil:
			failures++
			r.Log.Error(what, "error", err, "failures", failures)
		case n > 0:
			failures = 0
			continue
		default:
			failures = 0
		}
		r.sleep(ctx, signals, r.until(ctx, failures, next))
	}
	return nil
}

// beside does something beside the other loops, but never beside Settle.
func (r *Runner) beside(ctx context.Context, do func(context.Context) (int, error)) (int, error) {
	r.working.RLock()
	defer r.working.RUnlock()
	return do(ctx)
}

// until is the moment to look again: soon and later and later after failures.
func (r *Runner) until(ctx context.Context, failures int, next func(context.Context) (time.Time, error)) time.Time {
	now := r.Clock.Now()
	if failures > 0 {
		return now.Add(min(firstRetry<<min(failures-1, 5), lookAgain))
	}
	ctx, cancel := context.WithTimeout(ctx, hangsAfter)
	defer cancel()
	at, err := next(ctx)
	if err != nil || at.IsZero() || at.After(now.Add(lookAgain)) {
		return now.Add(lookAgain)
	}
	return at
}

// sleep ends at a signal or at until. Its listener is gone when it returns: one left behind would take the
// signal that the next sleep waits for.
func (r *Runner) sleep(ctx context.Context, signals <-chan struct{}, until time.Time) {
	ctx, cancel := context.WithCancel(ctx)
	var listener sync.WaitGroup
	listener.Go(func() {
		select {
		case <-signals:
			cancel()
		case <-ctx.Done():
		}
	})
	_ = r.Clock.Until(ctx, until) // an early wake-up is what the signal is for
	cancel()
	listener.Wait()
}

func (r *Runner) nextTry(ctx context.Context) (time.Time, error) {
	return r.when(ctx, store.Tx.NextTry)
}

func (r *Runner) nextTimer(ctx context.Context) (time.Time, error) {
	return r.when(ctx, store.Tx.NextTimer)
}

func (r *Runner) nextSend(ctx context.Context) (time.Time, error) {
	return r.when(ctx, func(tx store.Tx, ctx context.Context) (time.Time, error) { return r.sender.next(ctx, tx) })
}

func (r *Runner) nextClaim(ctx context.Context) (time.Time, error) {
	soon := r.sender.soon() // first, or a lane that has room just now would be missed by both
	at, err := r.nextSend(ctx)
	return earliest(at, soon), err
}

// Disown tells that this process has been believed dead, for however short a time: what it had in hand may be
// another's now.
func (r *Runner) Disown() { r.sender.disown() }

func (r *Runner) when(ctx context.Context, ask func(store.Tx, context.Context) (time.Time, error)) (at time.Time, err error) {
	err = r.Store.Read(ctx, func(tx store.Tx) error {
		at, err = ask(tx, ctx)
		return err
	})
	return at, err
}

// Settle does everything that is due now and returns when nothing is left, nor under way in a Run beside it:
// for the terminal, the demo, transcripts and tests.
func (r *Runner) Settle(ctx context.Context) error {
	r.working.Lock()
	defer r.working.Unlock()
	defer r.sender.open()(ctx)
	for {
		total := 0
		for _, do := range []func(context.Context) (int, error){r.Fire, r.Step, r.sender.Claim, r.sender.settle} {
			n, err := do(ctx)
			if err != nil {
				return err
			}
			total += n
		}
		if total == 0 {
			return nil
		}
	}
}

// Desk is the humans' side of the conversations.
func (r *Runner) Desk() *desk.Desk { return r.house.Desk }
