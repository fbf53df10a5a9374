package vktest

import "time"

// Floods are the limits on calls; zero = no limit.
type Floods struct {
	PerSecond int     // calls of any method in any second; one execute is one call. Beyond it: error 6
	PerPeer   float64 // messages a second to one peer, after Burst. Beyond it: error 9
	Burst     float64 // to one peer; at least 1
}

// RealFloods are those of VK, as far as it tells of them: how much is too much for one peer it does not.
var RealFloods = Floods{PerSecond: 20, PerPeer: 2, Burst: 10}

// flood remembers the calls of the last second, and counts messages to a peer by buckets that fill again with time.
type flood struct {
	Floods
	recent     []time.Time
	peers      map[int64]*bucket
	violations int
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newFlood(f Floods) flood { return flood{Floods: f, peers: map[int64]*bucket{}} }

var tooMany = &refusal{6, "Too many requests per second"}

// request counts one call, or refuses it.
func (f *flood) request(now time.Time) *refusal {
	if f.PerSecond == 0 {
		return nil
	}
	old := 0
	for old < len(f.recent) && now.Sub(f.recent[old]) >= time.Second {
		old++
	}
	if f.recent = f.recent[old:]; len(f.recent) >= f.PerSecond {
		f.violations++
		return tooMany
	}
	f.recent = append(f.recent, now)
	return nil
}

// message counts one message to the peer, or refuses it.
func (f *flood) message(now time.Time, peer int64) *refusal {
	if f.PerPeer == 0 {
		return nil
	}
	size := max(1, f.Burst)
	b := f.peers[peer]
	if b == nil {
		b = &bucket{tokens: size, at: now}
		f.peers[peer] = b
	}
	b.tokens, b.at = min(size, b.tokens+f.PerPeer*now.Sub(b.at).Seconds()), now
	if b.tokens < 1 {
		f.violations++
		return &refusal{9, "Flood control: too much messages sent to user"}
	}
	b.tokens--
	return nil
}

// Violations counts the calls and messages that came too fast.
func (s *Server) Violations() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.floods.violations
}

// SetFloods changes the limits; what was called before is forgotten.
func (s *Server) SetFloods(f Floods) {
	s.mu.Lock()
	defer s.mu.Unlock()
	violations := s.floods.violations
	s.floods = newFlood(f)
	s.floods.violations = violations
}
