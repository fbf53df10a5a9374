package vktest

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// hook is the Callback API: it posts events to the bot's address until they are answered «ok». Events of one peer
// follow each other; those of others do not wait for them.
type hook struct {
	url, secret string // url is empty until it is confirmed
	asked       string // the url that was to confirm
	client      *http.Client
	ctx         context.Context
	end         context.CancelFunc
	lanes       map[int64]*lane // of the peers that have something to be brought
	failures    int             // in a row
	until       time.Time       // the pause after too many of them
	off         map[string]bool // kinds of events that are not brought
}

// lane is what one peer has to be brought, oldest first.
type lane struct {
	list []delivery
}

type delivery struct {
	event
	tries int
}

// SetCallback gives the Callback API its address and secret, as the community's managers do on VK's pages. It asks
// the address who is there, and is refused unless the answer is Confirmation; an address of before stays then. All
// kinds of events are brought, but for those unticked; what another address has not taken goes to this one.
func (s *Server) SetCallback(url, secret string) error {
	a, err := s.confirm(url, secret)
	if err == nil && (a.Code != http.StatusOK || a.Body != s.o.Confirmation) {
		err = fmt.Errorf("confirmation was answered %d %q", a.Code, a.Body)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		if s.hook.url == "" {
			s.hook.asked, s.hook.secret = url, secret
		}
		return err
	}
	off, waiting := s.hook.off, s.unhook()
	s.hook.asked, s.hook.url, s.hook.secret, s.hook.off = url, url, secret, off
	s.hook.client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	s.hook.ctx, s.hook.end = context.WithCancel(context.Background())
	for _, d := range waiting {
		s.hook.add(s, d)
	}
	s.events.ask()
	return nil
}

// EndCallback takes the address away; what was not brought is lost.
func (s *Server) EndCallback() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unhook()
}

// unhook returns what was not taken.
func (s *Server) unhook() (waiting []delivery) {
	if s.hook.end != nil {
		s.hook.end()
		s.hook.client.CloseIdleConnections()
	}
	for _, l := range s.hook.lanes {
		waiting = append(waiting, l.list...)
	}
	s.hook = hook{lanes: map[int64]*lane{}}
	return waiting
}

func (h *hook) pending() (n int) {
	for _, l := range h.lanes {
		n += len(l.list)
	}
	return n
}

func (h *hook) add(s *Server, d delivery) {
	d.Secret = h.secret
	l, runs := h.lanes[d.peer]
	if !runs {
		l = &lane{}
		h.lanes[d.peer] = l
	}
	l.list = append(l.list, d)
	if !runs {
		go s.bring(h.ctx, d.peer, l)
	}
}

// bring posts what the lane has, and ends when it has nothing.
func (s *Server) bring(ctx context.Context, peer int64, l *lane) {
	for {
		d, wait, has := s.next(ctx, peer, l)
		if !has {
			return
		}
		if wait == 0 {
			wait = s.deliverOnce(ctx, l, d)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

// next is what to bring now; a wait = all callbacks are in a pause.
func (s *Server) next(ctx context.Context, peer int64, l *lane) (d delivery, wait time.Duration, has bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return d, 0, false
	case len(l.list) == 0:
		delete(s.hook.lanes, peer)
		return d, 0, false
	}
	if pause := time.Until(s.hook.until); pause > 0 {
		return d, pause, true
	}
	if len(l.list) > 1 && s.faults.OutOfOrder > 0 && s.faults.roll(hash("order"), hash(l.list[0].ID)) < s.faults.OutOfOrder && l.list[0].tries == 0 {
		l.list[0], l.list[1] = l.list[1], l.list[0]
	}
	s.events.brought[l.list[0].ID]++
	return l.list[0], 0, true
}

// deliverOnce posts an event and tells how long to wait before the next try.
func (s *Server) deliverOnce(ctx context.Context, l *lane, d delivery) time.Duration {
	s.mu.Lock()
	client, url := s.hook.client, s.hook.url
	s.mu.Unlock()
	if client == nil {
		return 0
	}
	a, err := post(ctx, client, url, encode(d.event), d.tries)
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return 0
	}
	if err == nil && a.Code == http.StatusOK && a.Body == "ok" {
		s.hook.failures = 0
		l.list = l.list[1:]
		return 0
	}
	l.list[0].tries++
	if s.hook.failures++; s.o.PauseAfter > 0 && s.hook.failures >= s.o.PauseAfter {
		s.hook.failures, s.hook.until = 0, time.Now().Add(s.o.Pause)
	}
	if wait := time.Until(a.retry); wait > 0 {
		return wait
	}
	return s.o.Impatience << min(d.tries, 4)
}
