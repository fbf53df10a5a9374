package runner

import (
	"context"
	"time"

	"careline/store"
)

// open lets messages go until shut.
func (s *sender) open() (shut func(context.Context)) {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users++; s.users == 1 {
		s.calls, s.endCalls = context.WithCancel(context.Background())
		s.notes, s.endNotes = context.WithCancel(context.Background())
	}
	return s.shut
}

// shut lets nothing new go, when nobody else needs the sender; waits for what is under way until ctx ends, and no
// longer than necessary for recording it; and gives back the rest.
func (s *sender) shut(ctx context.Context) {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.mu.Lock()
	s.users--
	last := s.users == 0
	s.mu.Unlock()
	if !last {
		return
	}
	_ = s.until(ctx, func() bool { return s.flying() == 0 }) // ends early only with ctx
	s.endCalls()
	giveUp := time.AfterFunc(noteWithin, s.endNotes)
	_ = s.until(context.WithoutCancel(ctx), func() bool { return s.flying() == 0 && !s.recording })
	giveUp.Stop()
	s.endNotes()
	if s.empty() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
	defer cancel()
	err := s.Store.Tx(ctx, func(tx store.Tx) error {
		tx.Wake(store.OutboxTopic)
		return tx.Release(ctx, s.Name)
	})
	if err != nil {
		s.Log.Warn("releasing claimed messages", "error", err) // the claims end by themselves
	}
}

// empty takes everything out of hand and reports whether there was nothing.
func (s *sender) empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest := len(s.landings) + len(s.yielded) + s.doubts
	s.landings, s.broken, s.doubts = nil, nil, 0
	clear(s.yielded)
	for _, l := range s.lanes {
		rest += l.held
		l.held = 0
		for _, q := range l.queues {
			q.waiting, q.busy, q.back, q.doubt = nil, false, false, nil
			l.place(q, time.Now())
		}
		l.set(time.Time{})
	}
	return rest == 0
}

// idle reports whether nothing is in hand, or cannot become less.
func (s *sender) idle() bool {
	held := 0
	for _, l := range s.lanes {
		held += l.held
	}
	return s.broken != nil || held == 0 && !s.recording
}

// settle waits until everything in hand has gone and is recorded, and returns how much was recorded since it was
// asked last.
func (s *sender) settle(ctx context.Context) (n int, err error) {
	err = s.until(ctx, s.idle)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		err = s.broken
	}
	n, s.recorded = s.recorded, 0
	return n, err
}

// until waits for something to become true, which a recording may do.
func (s *sender) until(ctx context.Context, is func() bool) error {
	for {
		s.mu.Lock()
		yes, changed := is(), s.changed
		s.mu.Unlock()
		if yes {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// yield gives back what a lane took in hand after the sender was shut.
func (s *sender) yield(l *lane) {
	var contacts []string
	for _, q := range l.queues {
		if len(q.waiting) > 0 {
			contacts = append(contacts, q.contact)
			q.waiting = nil
		}
		l.place(q, time.Now())
	}
	l.held = 0
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), noteWithin)
		defer cancel()
		err := s.Store.Tx(ctx, func(tx store.Tx) error {
			tx.Wake(store.OutboxTopic)
			_, err := tx.Yield(ctx, s.Name, contacts)
			return err
		})
		if err != nil {
			s.Log.Warn("giving messages back", "error", err) // the claims end by themselves
		}
	}()
}
