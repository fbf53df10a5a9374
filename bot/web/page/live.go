package page

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"careline/store"
)

// The keys under which pages hear that something has changed; ChatKey is for one chat.
const (
	TicketsKey = "tickets" // new, taken, closed, escalated
	InboxKey   = "inbox"   // tickets, or what is said in their chats
	HeardKey   = "heard"   // anything that patients write
	DayKey     = "day"     // visits
	chatKey    = "chat/"
)

// ChatKey is for what is said in the contact's chat, whether it arrived, whose the chat is, and who is writing there.
func ChatKey(contact string) string { return chatKey + contact }

const (
	together  = 100 * time.Millisecond // changes so close to each other are told at once
	lookAgain = 20 * time.Second       // a signal may be lost
)

// Live hears the store's signals once for all open pages, finds out what has changed, and wakes those whom it concerns.
type Live struct {
	store   store.Store
	log     *slog.Logger
	heard   *ear
	waiting *Memo[inLine]

	mu       sync.Mutex
	open     map[*watcher]bool
	revision map[string]int // by key: how often it has changed
	looks    int            // how often everything may have
	ended    bool

	pulses map[string]store.Pulse // as they were told, by contact; Run's own
	said   int64
}

// watcher is one open page.
type watcher struct {
	keys    []string
	changed chan struct{} // of one place: a signal that finds the last one unread is merged with it
}

// NewLive makes a hub; it tells nothing before Run.
func NewLive(db store.Store, log *slog.Logger) *Live {
	l := &Live{store: db, log: log, heard: newEar(db), open: map[*watcher]bool{}, revision: map[string]int{}, pulses: map[string]store.Pulse{}}
	l.waiting = NewMemo(l, TicketsKey, l.count)
	return l
}

// Watch tells of changes under the keys until ctx ends, or the program does: then the channel is closed.
func (l *Live) Watch(ctx context.Context, keys ...string) <-chan struct{} {
	w := &watcher{keys, make(chan struct{}, 1)}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		close(w.changed)
		return w.changed
	}
	for _, key := range keys {
		if !l.isWatched(key) {
			l.revision[key]++ // nobody looked whether it changes
		}
	}
	l.open[w] = true
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.leave(w)
	})
	return w.changed
}

func (l *Live) isWatched(key string) bool {
	for w := range l.open {
		if slices.Contains(w.keys, key) {
			return true
		}
	}
	return false
}

func (l *Live) leave(w *watcher) {
	if l.open[w] {
		delete(l.open, w)
		close(w.changed)
	}
}

// tell wakes whoever watches one of the keys.
func (l *Live) tell(changed map[string]bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key := range changed {
		l.revision[key]++
	}
	for w := range l.open {
		for _, key := range w.keys {
			if changed[key] {
				select {
				case w.changed <- struct{}{}:
				default:
				}
				break
			}
		}
	}
}

// watched are the keys that somebody watches.
func (l *Live) watched() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := map[string]bool{}
	for w := range l.open {
		for _, key := range w.keys {
			keys[key] = true
		}
	}
	return keys
}

func (l *Live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	for w := range l.open {
		l.leave(w)
	}
}
