package telegramtest

import (
	"maps"
	"strconv"
	"time"
)

// Call is one call of the bot.
type Call struct {
	Method string
	Params map[string]string // nested objects as JSON; files as "file:<name>"
	At     time.Time
	Code   int    // the HTTP status of a refusal; 0 = it was carried out
	Fault  string // what was made to go wrong; empty = nothing
}

type record struct {
	keep   int
	calls  []Call
	counts map[string]int
}

func newRecord(keep int) record {
	if keep == 0 {
		keep = 100_000
	}
	return record{keep: keep, counts: map[string]int{}}
}

func (s *Server) note(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &s.recorded
	r.counts[c.Method]++
	if c.Fault != "" {
		r.counts["fault:"+c.Fault]++
	}
	if c.Code != 0 {
		r.counts["code:"+strconv.Itoa(c.Code)]++
	}
	if len(r.calls) < r.keep {
		r.calls = append(r.calls, c)
	}
}

// Calls is what the bot called, oldest first; of one method, or all with "". getUpdates is noted when answered.
func (s *Server) Calls(method string) (calls []Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.recorded.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// Counts is how often each method was called ("sendMessage"), refused ("code:400") and made to fail ("fault:reset").
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.recorded.counts)
}
