package vktest

import (
	"strings"
	"time"
)

// Faults is the share of calls, from 0 to 1, that goes wrong in each way. The dice depend on Seed, peer, method and
// the number of the call for its peer, not on how the peers interleave.
type Faults struct {
	Throttled   float64 // error 6
	Flooded     float64 // error 9
	Internal    float64 // error 10
	ServerError float64
	HTML        float64
	Half        float64
	Reset       float64
	ResetAfter  float64
	DropPoll    float64       // answers of a_check lost on the way
	KeyExpired  float64       // a_check is answered failed 2
	Again       float64       // events that are brought twice; by callback on two connections at once
	OutOfOrder  float64       // callbacks that the next one of the same peer overtakes
	Delay       time.Duration // of every call but a_check
	Jitter      time.Duration // at most so much more
	Seed        uint64
}

type faults struct {
	Faults
	planned map[string][]Fault // by method, "" for all
	common  uint64             // calls that are about no peer
}

// SetFaults changes the dice from the next call on; the zero Faults ends all trouble.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.Faults = f
}

// FailNext makes the next n calls of a method go wrong: one of the API, "upload", "file", "a_check", or any but a_check
// with "". Of those packed into an execute only errors of the API can befall one.
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
func (s *Server) fault(method string, peer int64) Fault {
	f, delay := s.decide(method, peer)
	if delay > 0 {
		time.Sleep(delay)
	}
	return f
}

func (s *Server) decide(method string, peer int64) (Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.faults
	for _, name := range []string{method, ""} {
		if list := f.planned[name]; len(list) > 0 && (name != "" || method != "a_check") {
			f.planned[name] = list[1:]
			return list[0], 0
		}
	}
	calls := &f.common
	if c := s.chats[peer]; c != nil {
		calls = &c.calls
	}
	*calls++
	place := []uint64{uint64(peer), hash(method), *calls}
	var delay time.Duration
	if method != "a_check" {
		delay = f.Delay + time.Duration(float64(f.Jitter)*f.roll(append(place, 1)...))
	}
	return f.pick(method, f.roll(place...)), delay
}

type share struct {
	of float64
	f  Fault
}

// pick finds the fault whose share of the line from 0 to 1 holds x.
func (f *Faults) pick(method string, x float64) Fault {
	shares := []share{{f.ServerError, ServerError}, {f.HTML, HTML}, {f.Half, Half}, {f.Reset, Reset}}
	if method == "a_check" {
		shares = append(shares, share{f.ResetAfter + f.DropPoll, ResetAfter})
	} else {
		shares = append(shares, share{f.ResetAfter, ResetAfter})
	}
	switch method {
	case "a_check":
	case "upload": // its server is no part of the API
		shares = append(shares, share{f.Internal, UploadError})
	default:
		shares = append(shares, share{f.Throttled, Throttled}, share{f.Internal, Internal})
	}
	if method == "messages.send" {
		shares = append(shares, share{f.Flooded, Flooded})
	}
	for _, s := range shares {
		if x < s.of {
			return s.f
		}
		x -= s.of
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
