package telegram

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
)

// rooms are the groups that are listened to. A group that becomes a supergroup gets another id; the dialogs
// and the desk go on with the one in the settings.
type rooms struct {
	mu      sync.RWMutex
	known   map[int64]bool  // by the settings' id
	current map[int64]int64 // the settings' id to today's
	settled map[int64]int64 // today's id to the settings'
	learnt  map[int64]forum // by the settings' id
}

func newRooms(ids []string) *rooms {
	r := &rooms{known: map[int64]bool{}, current: map[int64]int64{}, settled: map[int64]int64{}, learnt: map[int64]forum{}}
	for _, s := range ids {
		id, _ := strconv.ParseInt(s, 10, 64) // checked by the options
		r.known[id] = true
	}
	return r
}

// now is today's id of a chat.
func (r *rooms) now(id int64) int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if moved, ok := r.current[id]; ok {
		return moved
	}
	return id
}

// named is the settings' id of a group, false for one that is not listened to.
func (r *rooms) named(id int64) (int64, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if settled, ok := r.settled[id]; ok {
		id = settled
	}
	return id, r.known[id]
}

// move remembers that a group got another id; it reports whether that is news about a room.
func (r *rooms) move(from, to int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if settled, ok := r.settled[from]; ok {
		from = settled
	}
	if !r.known[from] || r.current[from] == to || from == to {
		return false
	}
	r.current[from], r.settled[to] = to, from
	delete(r.learnt, from)
	return true
}

// ids are the rooms by the settings.
func (r *rooms) ids() []int64 {
	return slices.Sorted(maps.Keys(r.known))
}

// forum is what was learnt of a room; false = nothing.
func (r *rooms) forum(id int64) (forum, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	f, known := r.learnt[id]
	return f, known
}

// forums are all that was learnt.
func (r *rooms) forums() []forum {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Collect(maps.Values(r.learnt))
}

// learn keeps what a room is, and returns what it was before.
func (r *rooms) learn(id int64, f forum) (before forum) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, r.learnt[id] = r.learnt[id], f
	return before
}

// unlearn what a room is: it is asked again. What was told of it is not told again.
func (r *rooms) unlearn(id int64) { r.change(id, func(f *forum) { f.asked = time.Time{} }) }

// shows is what a message tells of its room.
func (r *rooms) shows(id int64, topics bool) {
	r.change(id, func(f *forum) {
		if f.topics != topics {
			f.asked = time.Time{}
		}
	})
}

func (r *rooms) change(id int64, how func(*forum)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f, known := r.learnt[id]; known {
		how(&f)
		r.learnt[id] = f
	}
}
