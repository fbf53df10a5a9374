package telegramtest

import (
	"context"
	"encoding/json"
	"time"
)

// poll is a getUpdates that waits.
type poll struct {
	out     chan bool // false = another one took its place
	offset  int64
	limit   int
	waking  bool
	started time.Time
}

// pollOffset remembers who asks for the same thing in a hurry: it gets one update only, as from the real server, so
// that a poison one can be found.
type pollOffset struct {
	last int64
	at   time.Time
}

const hurry = 500 * time.Millisecond

func conflict(text string) *refusal { return &refusal{code: 409, text: "Conflict: " + text} }

// getUpdates waits until there is something; gone = the caller left.
func (s *Server) getUpdates(ctx context.Context, p *params) (result any, refused *refusal, gone bool) {
	s.mu.Lock()
	s.updates.ask()
	if refused = s.prepare(p); refused != nil {
		s.mu.Unlock()
		return nil, refused, false
	}
	me := s.asks(p)
	timeout := time.Duration(max(0, min(50, p.number("timeout")))) * time.Second
	if got := s.updates.take(me.offset, me.limit); len(got) > 0 || timeout == 0 {
		s.mu.Unlock()
		return got, nil, false
	}
	if other := s.updates.poll; other != nil {
		other.out <- false
	}
	s.updates.poll = me
	s.mu.Unlock()
	return s.await(ctx, me, timeout)
}

func (s *Server) prepare(p *params) *refusal {
	if s.hook.url != "" {
		return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	return s.allowed(p)
}

func (s *Server) allowed(p *params) *refusal {
	if p.text("allowed_updates") == "" {
		return nil
	}
	var kinds []string
	if err := p.object("allowed_updates", &kinds); err != nil {
		return bad("can't parse allowed_updates")
	}
	if s.updates.kinds = kinds; len(kinds) == 0 {
		s.updates.kinds = nil
	}
	return nil
}

func (s *Server) asks(p *params) *poll {
	me := &poll{out: make(chan bool, 1), offset: p.number("offset"), limit: 100, started: time.Now()}
	if n := p.number("limit"); n > 0 {
		me.limit = int(min(100, n))
	}
	if me.offset < 0 { // only the last ones
		if drop := len(s.updates.list) + int(me.offset); drop > 0 {
			s.updates.list = s.updates.list[drop:]
		}
		me.offset = 0
	}
	last := &s.updates.offset
	if me.offset == last.last && me.started.Sub(last.at) < hurry {
		me.limit = 1
	}
	last.last, last.at = me.offset, me.started
	return me
}

func (s *Server) await(ctx context.Context, me *poll, timeout time.Duration) (any, *refusal, bool) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	mine := true
	select {
	case mine = <-me.out:
	case <-timer.C:
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates.poll == me {
		s.updates.poll = nil
	}
	switch {
	case ctx.Err() != nil:
		return nil, nil, true
	case !mine:
		return nil, conflict("terminated by other getUpdates request; make sure that only one bot instance is running"), false
	case s.hook.url != "":
		return []json.RawMessage{}, nil, false
	}
	return s.updates.take(me.offset, me.limit), nil, false
}

// wake ends the waiting of a poll after a moment in which more may come.
func (s *Server) wake() {
	me := s.updates.poll
	if me == nil || me.waking {
		return
	}
	me.waking = true
	time.AfterFunc(s.o.Gather, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.updates.poll == me {
			s.updates.poll = nil
			me.out <- true
		}
	})
}
