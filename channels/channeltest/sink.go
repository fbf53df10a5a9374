package channeltest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"careline/channels"
)

// sink stores messages by their id, unless it was told to refuse.
type sink struct {
	mu     sync.Mutex
	known  map[string]bool
	kept   []channels.Incoming
	seen   []channels.Incoming
	toFail int
	failed int
}

var errRefused = errors.New("the database is away")

func (s *sink) Accept(_ context.Context, messages ...channels.Incoming) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, messages...)
	if s.toFail > 0 {
		s.toFail--
		s.failed++
		return errRefused
	}
	for _, m := range messages {
		if !s.known[m.ID] {
			s.known[m.ID] = true
			s.kept = append(s.kept, m)
		}
	}
	return nil
}

func (s *sink) refuse(times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.toFail = times
}

func (s *sink) refused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

func (s *sink) stored() []channels.Incoming {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]channels.Incoming(nil), s.kept...)
}

func (s *sink) offered() []channels.Incoming {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]channels.Incoming(nil), s.seen...)
}

// start runs the channel until the test ends.
func start(t *testing.T, b Bench) *sink {
	t.Helper()
	s := &sink{known: map[string]bool{}}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := run(ctx, b, s)
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	return s
}

func run(ctx context.Context, b Bench, s *sink) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- b.Channel.Run(ctx, s) }()
	return ended
}

func bring(t *testing.T, b Bench, u ...Update) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := b.Network.Bring(ctx, u...); err != nil {
		t.Fatalf("the channel has not acknowledged: %v", err)
	}
}

func send(t *testing.T, b Bench, m channels.Outgoing) channels.Receipt {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	receipt, err := b.Channel.Send(ctx, b.To, m)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return receipt
}
