package vk

import (
	"context"
	"errors"
	"math"
	"time"

	"careline/channels"

	"golang.org/x/sync/errgroup"
)

// Run receives until ctx ends: it polls, or serves the callback.
func (v *VK) Run(ctx context.Context, in channels.Sink) error {
	v.health.runs(v.options.Now(), true)
	defer func() { v.health.runs(v.options.Now(), false) }()
	var g errgroup.Group
	g.Go(func() error {
		v.Introduce(ctx)
		return nil
	})
	g.Go(func() error {
		answers, stop := v.answering(ctx)
		defer stop()
		if v.options.Mode == Callback {
			return v.listen(ctx, in, answers)
		}
		return v.poll(ctx, in, answers)
	})
	return g.Wait()
}

const always = math.MaxInt

// insist repeats a call that failed on the way or came too fast, until it gets an answer, it has been tried most
// times, or ctx ends.
func (v *VK) insist(ctx context.Context, most int, call func() error) error {
	for tries := 0; ; tries++ {
		err := call()
		if kind := channels.KindOf(err); err == nil || kind != channels.Retry && kind != channels.Throttled {
			return err
		}
		if tries+1 >= most || v.options.Pause(ctx, wait(err, tries)) != nil {
			return err
		}
	}
}

const (
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Second
	revokedPause = time.Minute // the token is wrong until somebody writes another
)

// wait is how long to pause after a failure, the tries-th in a row from 0.
func wait(err error, tries int) time.Duration {
	var e *channels.Error
	if errors.As(err, &e) {
		switch e.Kind {
		case channels.Throttled:
			return e.RetryAfter
		case channels.Misconfigured, channels.Rejected, channels.Blocked: // who receives is told so until somebody changes the settings
			return revokedPause
		}
	}
	return min(firstPause<<min(tries, 10), longestPause)
}

// store brings a batch to in again and again until it is taken; false when ctx ended before.
func (v *VK) store(ctx context.Context, in channels.Sink, batch []*received) bool {
	messages := heard(batch)
	for tries := 0; len(messages) > 0; tries++ {
		err := in.Accept(ctx, messages...)
		if err == nil {
			v.health.received(v.options.Now(), nil)
			break
		}
		v.health.received(v.options.Now(), err)
		v.options.Log.WarnContext(ctx, "vk events were not stored", "events", len(batch), "try", tries+1, "error", err)
		if v.options.Pause(ctx, wait(err, tries)) != nil {
			return false
		}
	}
	return true
}
