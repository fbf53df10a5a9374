package whatsapptest

import "context"

// stir wakes who waits for a change of the linked devices; the server's lock must be held.
func (s *Server) stir() {
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

func (s *Server) until(ctx context.Context, come func() bool) error {
	for {
		s.mu.Lock()
		done := come()
		if s.changed == nil {
			s.changed = make(chan struct{})
		}
		changed := s.changed
		s.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Online tells whether a linked device is connected and ready to receive.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.online()
}

func (s *Server) online() bool {
	for _, d := range s.own.linked {
		if d.active {
			return true
		}
	}
	return false
}

// AwaitOnline waits until a linked device is connected and ready to receive.
func (s *Server) AwaitOnline(ctx context.Context) error { return s.until(ctx, s.online) }

// AwaitOffline waits until none is.
func (s *Server) AwaitOffline(ctx context.Context) error {
	return s.until(ctx, func() bool { return !s.online() })
}

// Pending is how many stanzas the linked devices have not acknowledged.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending()
}

func (s *Server) pending() (n int) {
	for _, d := range s.own.linked {
		n += len(d.pending)
	}
	return n
}

// AwaitSettled waits until the linked devices have acknowledged everything.
func (s *Server) AwaitSettled(ctx context.Context) error {
	return s.until(ctx, func() bool { return s.pending() == 0 })
}

// Keys is how many one-time keys the network has of the linked devices.
func (s *Server) Keys() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stocked()
}

func (s *Server) stocked() (n int) {
	for _, d := range s.own.linked {
		n += len(d.oneTime)
	}
	return n
}

// AwaitKeys waits until the network has so many.
func (s *Server) AwaitKeys(ctx context.Context, n int) error {
	return s.until(ctx, func() bool { return s.stocked() >= n })
}
