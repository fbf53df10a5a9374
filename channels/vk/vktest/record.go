package vktest

import (
	"maps"
	"strconv"
	"time"
)

// Call is one call of the community's bot.
type Call struct {
	Method string
	Params map[string]string // without the token; nested objects as JSON
	At     time.Time
	Code   int    // VK's error code, or the HTTP status of a failure; 0 = it was carried out
	Fault  string // what was made to go wrong; empty = nothing
	Packed bool   // it came inside execute
}

type record struct {
	keep      int
	calls     []Call
	counts    map[string]int
	unhandled []string
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
	s.write(c)
}

func (s *Server) write(c Call) {
	r := &s.recorded
	r.counts[c.Method]++
	if c.Fault != "" {
		r.counts["fault:"+c.Fault]++
	}
	if c.Code != 0 {
		r.counts["code:"+strconv.Itoa(c.Code)]++
	}
	if c.Code == 3 && c.Fault == "" {
		r.unhandled = append(r.unhandled, c.Method)
	}
	if len(r.calls) < r.keep {
		r.calls = append(r.calls, c)
	}
}

// Calls is what the bot called, oldest first; of one method, or all with "". Those packed into an execute stand
// before it. a_check is noted when answered.
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

// Counts is how often each method was called ("messages.send"), refused ("code:901", also for one of several peers), made to fail ("fault:reset"),
// and how many messages were sent a second time under their random_id ("repeat").
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.recorded.counts)
}

// Unhandled is the methods that were called and are unknown.
func (s *Server) Unhandled() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.recorded.unhandled...)
}
