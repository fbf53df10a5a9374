package whatsapptest

import (
	"maps"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// Faults is the share, from 0 to 1, of what goes wrong in each way. The dice depend on Seed, the person and the
// number of the message in the chat, not on how the chats interleave.
type Faults struct {
	Throttled  float64 // messages of the clinic answered 429
	Reset      float64 // messages of the clinic before which the connection ends
	ResetAfter float64 // messages of the clinic that arrive, but the connection ends before the answer

	Again     float64 // messages of people that come twice, the same ciphertext
	Anew      float64 // that come encrypted anew under the same id
	Overtaken float64 // that come after the next one
	Garbled   float64 // that cannot be read at first

	Delay  time.Duration // of the answer to every message of the clinic
	Jitter time.Duration // at most so much more
	Seed   uint64
}

type faults struct {
	Faults
	planned map[string][]Fault
}

// SetFaults changes the dice from now on; the zero Faults ends all trouble.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.Faults = f
}

// FailNext makes the next n requests of a kind go wrong: "message", "upload", "download", or the namespace of a
// query, like "usync", "encrypt", "w:m" (where media goes).
func (s *Server) FailNext(what string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.planned == nil {
		s.faults.planned = map[string][]Fault{}
	}
	for range n {
		s.faults.planned[what] = append(s.faults.planned[what], f)
	}
}

// fault decides what goes wrong with a request, and how late its answer is.
func (s *Server) fault(what, to string) (Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.faults
	if list := f.planned[what]; len(list) > 0 {
		f.planned[what] = list[1:]
		s.counts["fault:"+list[0].kind.String()]++
		return list[0], list[0].wait
	}
	u := s.users[to]
	if what != "message" || u == nil {
		return Fault{}, 0
	}
	u.chat.calls++
	var found Fault
	x := f.roll(hash(u.lid.User), u.chat.calls)
	for _, share := range []struct {
		of float64
		f  Fault
	}{{f.Throttled, Refused(429)}, {f.Reset, Reset}, {f.ResetAfter, ResetAfter}} {
		if x < share.of {
			found = share.f
			s.counts["fault:"+found.kind.String()]++
			break
		}
		x -= share.of
	}
	delay := f.Delay
	if f.Jitter > 0 {
		delay += time.Duration(float64(f.Jitter) * f.roll(hash(u.lid.User), u.chat.calls, 1))
	}
	return found, delay
}

// luck is what happens to a message on its way to the client.
type luck struct{ again, anew, overtaken, garbled bool }

func (s *Server) delivery(u *user) luck {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.chat.comings++
	f := &s.faults
	if f.Again+f.Anew+f.Overtaken+f.Garbled == 0 {
		return luck{}
	}
	place := func(what uint64) float64 { return f.roll(hash(u.lid.User), u.chat.comings, what) }
	return luck{place(2) < f.Again, place(3) < f.Anew, place(4) < f.Overtaken, place(5) < f.Garbled}
}

// patience is how long a message waits for one to overtake it.
const patience = 20 * time.Millisecond

// hold lets the next stanza overtake this one; the server's lock must be held.
func (d *device) hold(n waBinary.Node) {
	d.pending = append(d.pending, n)
	d.held = &n
	time.AfterFunc(patience, func() {
		d.s.mu.Lock()
		defer d.s.mu.Unlock()
		if d.held == &n {
			d.release()
		}
	})
}

// Counts is how often each thing was done ("message", "iq:usync", "receipt:read", "login"), refused ("login:401",
// "nack:487"), repeated ("repeat:message") and made to fail ("fault:reset").
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.counts)
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
	for _, b := range []byte(s) {
		h = h*31 + uint64(b)
	}
	return h
}
