package vktest

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const longestWait = 90 // seconds

// failed is what a_check answers instead of events: 1 with another ts, 2 the key is old, 3 all is lost.
type failed struct {
	Failed int   `json:"failed"`
	Ts     int64 `json:"ts,omitempty"`
}

// updates is the answer of a_check; ts is a string here and a number in failed.
type updates struct {
	Ts      string  `json:"ts"`
	Updates []event `json:"updates"`
}

func (s *Server) getLongPollServer(p *params) (any, *refusal) {
	if refused := s.ours(p); refused != nil {
		return nil, refused
	}
	if !s.settings.enabled {
		return nil, bad("longpoll for this group is not enabled")
	}
	return map[string]string{"key": s.key(), "server": fmt.Sprintf("%s/poll/wh%d", s.url, s.o.GroupID),
		"ts": strconv.FormatInt(s.events.last(), 10)}, nil
}

func (s *Server) key() string { return fmt.Sprintf("%032x", s.events.key) }

// check is a_check: it waits until something happened after ts. Several may wait, and each gets everything.
func (s *Server) check(w http.ResponseWriter, r *http.Request) {
	p, err := read(r)
	if err != nil || p.text("act") != "a_check" {
		http.Error(w, "Bad Request", http.StatusBadRequest)
		return
	}
	call := Call{Method: "a_check", Params: p.plain(), At: s.o.Now()}
	fault := s.fault("a_check", 0)
	call.Code, call.Fault = fault.code(), fault.kind.String()
	var result any
	if !before(w, r, fault, p) {
		wait := time.Duration(max(0, min(longestWait, p.number("wait")))) * time.Second
		if result = s.await(r.Context(), p, wait); result != nil && !after(w, fault, result) {
			send(w, http.StatusOK, result)
		}
	}
	s.note(call)
}

// await is the answer, or nil if the caller left.
func (s *Server) await(ctx context.Context, p *params, wait time.Duration) any {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for waiting := true; ; {
		s.mu.Lock()
		s.events.ask()
		ts, trouble := s.position(p)
		changed, more := s.events.changed, s.events.last() > ts
		s.mu.Unlock()
		if trouble != nil {
			return trouble
		}
		if more && waiting { // a moment more may bring more
			time.Sleep(s.o.Gather)
		}
		if more || !waiting {
			return s.take(p)
		}
		select {
		case <-changed:
		case <-timer.C:
			waiting = false
		case <-ctx.Done():
			return nil
		}
	}
}

// position is where the bot stands; trouble is a *failed, or nil.
func (s *Server) position(p *params) (ts int64, trouble any) {
	e := &s.events
	ts, err := strconv.ParseInt(p.text("ts"), 10, 64)
	key, keyErr := strconv.ParseInt(strings.TrimLeft(p.text("key"), "0"), 16, 64)
	switch {
	case keyErr == nil && int(key) <= e.lost:
		return 0, failed{Failed: 3}
	case keyErr != nil || int(key) != e.key, s.unlucky():
		return 0, failed{Failed: 2}
	case err != nil || ts < e.floor || ts > e.last():
		return 0, failed{Failed: 1, Ts: e.last()}
	}
	e.reached = max(e.reached, ts)
	return ts, nil
}

// unlucky expires the key by the dice.
func (s *Server) unlucky() bool {
	if s.faults.KeyExpired == 0 {
		return false
	}
	s.faults.common++
	if s.faults.roll(hash("key"), s.faults.common) >= s.faults.KeyExpired {
		return false
	}
	s.events.key++
	return true
}

// take is everything after the bot's ts.
func (s *Server) take(p *params) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &s.events
	ts := p.number("ts")
	if ts < e.floor || ts > e.last() { // forgotten in that moment
		return failed{Failed: 1, Ts: e.last()}
	}
	out := updates{Ts: strconv.FormatInt(e.last(), 10), Updates: append([]event{}, e.list[ts-e.floor:]...)}
	for _, one := range out.Updates {
		e.brought[one.ID]++
	}
	return out
}

// ExpireKey makes the Long Poll's key old: a_check answers failed 2 until the bot asks for another.
func (s *Server) ExpireKey() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events.key++
	s.rouse()
}

// ForgetKey loses key and ts: a_check answers failed 3 until the bot asks for others. The events are there still.
func (s *Server) ForgetKey() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events.lost = s.events.key
	s.events.key++
	s.rouse()
}

// ForgetHistory drops all events so far: who comes with a ts of before is answered failed 1 and the ts of now.
func (s *Server) ForgetHistory() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events.floor, s.events.list = s.events.last(), nil
	s.events.reached = s.events.floor
	s.rouse()
}

func (s *Server) rouse() {
	close(s.events.changed)
	s.events.changed = make(chan struct{})
}
