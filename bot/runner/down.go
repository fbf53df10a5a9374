package runner

import (
	"time"

	"careline/channels"
)

// downAfter is how long a channel that takes nothing is waited for before its patients are written to in another.
const downAfter = 15 * time.Minute

// down reports whether nothing goes through the channel: it is off, or has taken nothing for so long.
func (s *sender) down(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lanes[channel]
	return l == nil || !l.deafSince.IsZero() && s.Clock.Now().Sub(l.deafSince) >= downAfter
}

// allDown are all channels through which nothing goes.
func (s *sender) allDown() (down []string) {
	for name := range channels.Known() {
		if s.down(string(name)) {
			down = append(down, string(name))
		}
	}
	for name := range s.lanes {
		if _, known := channels.Known()[channels.ID(name)]; !known && s.down(name) {
			down = append(down, name)
		}
	}
	return down
}
