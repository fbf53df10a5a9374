package page

import (
	"context"
	"strings"
	"sync"
	"time"

	"careline/store"
)

// The keys under which pages hear that something has changed; ChatKey is for one chat.
const (
	InboxKey = "inbox" // tickets: new, taken, closed, escalated
	DayKey   = "day"   // visits
	chatKey  = "chat/"
)

// ChatKey is for the lines and the owner of the contact's chat.
func ChatKey(contact string) string { return chatKey + contact }

const together = 100 * time.Millisecond // changes so close to each other are told at once

// Live hears the store's signals once for all open pages, finds out what has changed, and wakes those whom it concerns.
type Live struct {
	store store.Store
	mu    sync.Mutex
	open  map[*watcher]bool
	ended bool
}

// watcher is one open page.
type watcher struct {
	keys    []string
	changed chan struct{} // of one place: a signal that finds the last one unread is merged with it
}

// NewLive makes a hub; it tells nothing before Run.
func NewLive(db store.Store) *Live { return &Live{store: db, open: map[*watcher]bool{}} }

// Watch tells of changes under the keys until ctx ends, or the program does: then the channel is closed.
func (l *Live) Watch(ctx context.Context, keys ...string) <-chan struct{} {
	w := &watcher{keys, make(chan struct{}, 1)}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		close(w.changed)
		return w.changed
	}
	l.open[w] = true
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.leave(w)
	})
	return w.changed
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

// chats that somebody watches.
func (l *Live) chats() (contacts []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := map[string]bool{}
	for w := range l.open {
		for _, key := range w.keys {
			if contact, ok := strings.CutPrefix(key, chatKey); ok && !seen[contact] {
				seen[contact] = true
				contacts = append(contacts, contact)
			}
		}
	}
	return contacts
}

// Run hears until ctx ends; then all open pages end.
func (l *Live) Run(ctx context.Context) error {
	defer l.end()
	signals, stop := l.listen()
	defer stop()
	for {
		select {
		case <-signals:
		case <-ctx.Done():
			return nil
		}
		changed := map[string]bool{InboxKey: true, DayKey: true}
		for _, c := range l.chats() {
			changed[ChatKey(c)] = true
		}
		l.tell(changed)
		select {
		case <-time.After(together):
		case <-ctx.Done():
			return nil
		}
	}
}

func (l *Live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	for w := range l.open {
		l.leave(w)
	}
}

// listen merges the store's signals.
func (l *Live) listen() (merged <-chan struct{}, stop func()) {
	all, done := make(chan struct{}, 1), make(chan struct{})
	var stops []func()
	for _, topic := range []store.Topic{store.InboxTopic, store.OutboxTopic, store.DeskTopic, store.TimerTopic} {
		signals, stop := l.store.Wake(topic)
		stops = append(stops, stop)
		go func() {
			for {
				select {
				case <-signals:
				case <-done:
					return
				}
				select {
				case all <- struct{}{}:
				default: // one is waiting already
				}
			}
		}()
	}
	return all, func() {
		close(done)
		for _, stop := range stops {
			stop()
		}
	}
}
