package page

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"careline/bot/clock"
)

const (
	countsFor    = time.Minute           // so long nobody counts again
	countsAtOnce = 2                     // questions; a count reads whole tables
	countsKept   = 50                    // questions
	countsWait   = 60 * time.Millisecond // a page waits no longer for the first count: it shows itself when it is there
	countsWithin = 5 * time.Minute
)

// Counts are numbers that take seconds to count. Many readers of one question cost one count a minute: they see what was
// counted last, while it is counted anew behind them.
type Counts[T any] struct {
	live  *Live
	key   string
	clock clock.Clock
	turns chan struct{}

	mu  sync.Mutex
	all map[string]*count[T]
}

// count of one question.
type count[T any] struct {
	Counted[T]
	err   error
	asked time.Time
	done  chan struct{} // of the count under way; nil = none is
}

// Counted is what is known of a question.
type Counted[T any] struct {
	Value T
	At    time.Time // when it was counted; zero = never yet
	Under bool      // it is being counted
}

// NewCounts makes them. Pages that watch the key hear when something has been counted.
func NewCounts[T any](l *Live, key string, c clock.Clock) *Counts[T] {
	return &Counts[T]{live: l, key: key, clock: c, turns: make(chan struct{}, countsAtOnce), all: map[string]*count[T]{}}
}

// Get is what is known of the question; what has never been counted is waited for, but not for long.
func (c *Counts[T]) Get(ctx context.Context, question string, read func(context.Context) (T, error)) (Counted[T], error) {
	known, done := c.ask(ctx, question, read)
	if done == nil || !known.At.IsZero() {
		return known, nil
	}
	timer := time.NewTimer(countsWait)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	case <-ctx.Done():
		return known, ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	one := c.all[question]
	if one == nil {
		return known, nil
	}
	return one.Counted, one.err
}

// ask tells what is known, and begins to count when that is old.
func (c *Counts[T]) ask(ctx context.Context, question string, read func(context.Context) (T, error)) (Counted[T], chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	one := c.all[question]
	if one == nil {
		c.makeRoom()
		one = &count[T]{}
		c.all[question] = one
	}
	one.asked = now
	if one.done == nil && (one.At.IsZero() || now.Sub(one.At) >= countsFor) {
		one.done, one.err, one.Under = make(chan struct{}), nil, true
		go c.count(ctx, one, read)
	}
	return one.Counted, one.done
}

func (c *Counts[T]) count(ctx context.Context, one *count[T], read func(context.Context) (T, error)) {
	ctx, stop := c.live.Outlive(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, countsWithin)
	defer cancel()
	began := c.clock.Now()
	value, err := c.inTurn(ctx, read)
	c.mu.Lock()
	if one.err = err; err == nil {
		one.Value, one.At = value, began
	}
	one.Under = false
	close(one.done)
	one.done = nil
	c.mu.Unlock()
	c.live.Tell(c.key)
}

func (c *Counts[T]) inTurn(ctx context.Context, read func(context.Context) (T, error)) (value T, err error) {
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
		return read(ctx)
	case <-ctx.Done():
		return value, ctx.Err()
	}
}

// makeRoom forgets the question that nobody has asked for longest.
func (c *Counts[T]) makeRoom() {
	if len(c.all) < countsKept {
		return
	}
	oldest := slices.MinFunc(slices.Collect(maps.Keys(c.all)), func(a, b string) int {
		return cmp.Or(c.all[a].asked.Compare(c.all[b].asked), cmp.Compare(a, b))
	})
	delete(c.all, oldest)
}
