package runner

import (
	"context"
	"fmt"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

const (
	// downAfter is how long a channel that takes nothing, and may yet, is waited for before its patients are written to
	// in another.
	downAfter = 15 * time.Minute
	// inTime is how long before it is worth nothing a message is not left to such a channel any more: two looks, and
	// the way to the other.
	inTime = 2*lookAgain + time.Minute
)

// learn hears from the store which channels do not work: of one that another process receives from, this one knows
// nothing itself.
func (s *sender) learn(ctx context.Context) error {
	var known map[string]desk.Outage
	err := s.Store.Read(ctx, func(tx store.Tx) (err error) {
		known, err = desk.Outages(ctx, tx, s.Clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("learning which channels work: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outages = known
	return nil
}

// state of a channel, for what a timeline says through it.
type state int

const (
	works state = iota
	away        // takes nothing, for a short while
	gone
)

// state: gone is one that is off, that somebody has to mend, or that has taken nothing for long.
func (s *sender) state(channel string) state {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, known := s.lanes[channel], s.outages[channel]
	if l == nil || known.Mend {
		return gone
	}
	switch since := earliest(l.deafSince, known.Since); {
	case since.IsZero():
		return works
	case s.Clock.Now().Sub(since) < downAfter:
		return away
	}
	return gone
}

// down reports whether nothing goes through the channel.
func (s *sender) down(channel string) bool { return s.state(channel) == gone }

// silent are the channels that take nothing: those that are down, and those that may not be for long.
func (s *sender) silent() (down, faltering []string) {
	names := map[string]bool{}
	for id := range channels.Known() {
		names[string(id)] = true
	}
	for name := range s.lanes {
		names[name] = true
	}
	for name := range names {
		switch s.state(name) {
		case gone:
			down = append(down, name)
		case away:
			faltering = append(faltering, name)
		}
	}
	return down, faltering
}
