package vk

import "sync"

// recent remembers what the last messages with buttons hold, so that most need not be asked for when the buttons
// change.
type recent struct {
	mu    sync.Mutex
	held  map[place]content
	order []place // a ring; some of them are forgotten
	next  int     // the oldest of a full ring
}

type place struct{ peer, id int64 }

const mostRecent = 10_000

func (r *recent) keep(peer, id int64, c content) {
	if id <= 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == nil {
		r.held = map[place]content{}
	}
	r.held[place{peer, id}] = c
	if len(r.order) < mostRecent {
		r.order = append(r.order, place{peer, id})
		return
	}
	delete(r.held, r.order[r.next])
	r.order[r.next] = place{peer, id}
	r.next = (r.next + 1) % mostRecent
}

func (r *recent) recall(peer, id int64) (content, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, known := r.held[place{peer, id}]
	return c, known
}

func (r *recent) forget(peer, id int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.held, place{peer, id})
}
