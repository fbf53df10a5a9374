package telegramtest

import (
	"strings"
	"time"
)

// Faults is the share of calls, from 0 to 1, that goes wrong in each way. The dice depend on Seed, chat, method and
// the number of the call in its chat, not on how the chats interleave.
type Faults struct {
	Throttled   float64 // 429
	ServerError float64
	HTML        float64
	Half        float64
	Reset       float64
	ResetAfter  float64
	DropPoll    float64       // answers of getUpdates lost on the way
	Again       float64       // updates that are brought twice; by webhook on two connections at once
	RetryAfter  time.Duration // of the 429; default 1 s
	Delay       time.Duration // of every call but getUpdates
	Jitter      time.Duration // at most so much more
	Seed        uint64
}

type faults struct {
	Faults
	planned map[string][]Fault // by method, "" for all
	polls   uint64
}

// SetFaults changes the dice from the next call on; the zero Faults ends all trouble.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.Faults = f
}

// FailNext makes the next n calls of a method go wrong, of any method but getUpdates with "".
func (s *Server) FailNext(method string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.planned == nil {
		s.faults.planned = map[string][]Fault{}
	}
	for range n {
		s.faults.planned[method] = append(s.faults.planned[method], f)
	}
}

// fault decides what goes wrong with this call, and waits its delay.
func (s *Server) fault(method string, p *params) Fault {
	f, delay := s.decide(method, p.number("chat_id"))
	if delay > 0 {
		time.Sleep(delay)
	}
	return f
}

func (s *Server) decide(method string, chatID int64) (Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.faults
	for _, name := range []string{method, ""} {
		if list := f.planned[name]; len(list) > 0 && (name != "" || method != "getUpdates") {
			f.planned[name] = list[1:]
			return list[0], 0
		}
	}
	calls := &f.polls
	if c := s.chats[chatID]; c != nil {
		calls = &c.calls
	}
	*calls++
	place := []uint64{uint64(chatID), hash(method), *calls}
	var delay time.Duration
	if method != "getUpdates" {
		delay = f.Delay + time.Duration(float64(f.Jitter)*f.roll(append(place, 1)...))
	}
	return f.pick(method, f.roll(place...)), delay
}

// pick finds the fault whose share of the line from 0 to 1 holds x.
func (f *Faults) pick(method string, x float64) Fault {
	wait := f.RetryAfter
	if wait == 0 {
		wait = time.Second
	}
	drop := f.DropPoll
	if method != "getUpdates" {
		drop = 0
	}
	for _, share := range []struct {
		of float64
		f  Fault
	}{{f.Throttled, Throttled(wait)}, {f.ServerError, ServerError}, {f.HTML, HTML}, {f.Half, Half}, {f.Reset, Reset},
		{f.ResetAfter + drop, ResetAfter}} {
		if x < share.of {
			return share.f
		}
		x -= share.of
	}
	return Fault{}
}

// roll is splitmix64 over the place: the same place has the same luck.
func (f *Faults) roll(place ...uint64) float64 {
	h := f.Seed ^ 0x9e3779b97f4a7c15
	for _, p := range place {
		h += p + 0x9e3779b97f4a7c15
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return float64(h>>11) / float64(1<<53)
}

func hash(s string) (h uint64) {
	for _, b := range []byte(strings.ToLower(s)) {
		h = h*31 + uint64(b)
	}
	return h
}
