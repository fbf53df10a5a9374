package telegramtest

import "time"

// Floods are the limits on sending; zero = no limit. In a group edits and the care of topics count as well; answers to
// presses do not.
type Floods struct {
	PerSecond      float64 // over all chats
	PerChat        float64 // a second to one person, after Burst
	Burst          float64 // to one person; at least 1
	PerGroupMinute float64
}

// RealFloods are about those of Telegram.
var RealFloods = Floods{PerSecond: 30, PerChat: 1, Burst: 3, PerGroupMinute: 20}

// flood counts by buckets that fill again with time.
type flood struct {
	Floods
	all        bucket
	chats      map[int64]*bucket
	violations int
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newFlood(f Floods) flood { return flood{Floods: f, chats: map[int64]*bucket{}} }

// fill tells how long it takes until there is a token; 0 = there is one.
func (b *bucket) fill(now time.Time, rate, size float64) time.Duration {
	if b.at.IsZero() {
		b.tokens = size
	} else {
		b.tokens = min(size, b.tokens+rate*now.Sub(b.at).Seconds())
	}
	b.at = now
	if b.tokens >= 1 {
		return 0
	}
	return time.Duration((1 - b.tokens) / rate * float64(time.Second))
}

// take counts one message to the chat, or refuses it.
func (f *flood) take(now time.Time, chat int64) *refusal {
	rate, size := f.PerChat, max(1, f.Burst)
	if chat < 0 {
		rate, size = f.PerGroupMinute/60, f.PerGroupMinute
	}
	var wait time.Duration
	one := f.chats[chat]
	if one == nil {
		one = &bucket{}
		f.chats[chat] = one
	}
	if rate > 0 {
		wait = one.fill(now, rate, size)
	}
	if f.PerSecond > 0 {
		wait = max(wait, f.all.fill(now, f.PerSecond, f.PerSecond))
	}
	if wait > 0 {
		f.violations++
		return tooMany(wait)
	}
	one.tokens--
	f.all.tokens--
	return nil
}

// Violations counts the messages that came too fast.
func (s *Server) Violations() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.floods.violations
}

// SetFloods changes the limits; what was sent before is forgotten.
func (s *Server) SetFloods(f Floods) {
	s.mu.Lock()
	defer s.mu.Unlock()
	violations := s.floods.violations
	s.floods = newFlood(f)
	s.floods.violations = violations
}
