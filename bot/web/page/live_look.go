package page

import (
	"context"
	"strings"
	"sync"
	"time"

	"careline/store"
)

// Run hears until ctx ends; then all open pages end.
func (l *Live) Run(ctx context.Context) error {
	defer l.end()
	l.heard.listen(ctx)
	for {
		again := false
		timer := time.NewTimer(lookAgain)
		select {
		case <-l.heard.any:
		case <-timer.C:
			again = true
		case <-ctx.Done():
			return nil
		}
		timer.Stop()
		began := time.Now()
		l.look(ctx, l.heard.take(), again)
		select {
		case <-time.After(max(together, 3*time.Since(began))): // a slow database is asked less often
		case <-ctx.Done():
			return nil
		}
	}
}

// look finds out what has changed since the last time, in a few queries however many watch, and tells it.
func (l *Live) look(ctx context.Context, topics map[store.Topic]bool, again bool) {
	watched := l.watched()
	changed := map[string]bool{}
	if topics[store.DayTopic] {
		changed[DayKey] = true
	}
	if topics[store.SaidTopic] || again {
		changed[HeardKey] = true
	}
	if topics[store.DeskTopic] {
		changed[TicketsKey], changed[InboxKey] = true, true
		for key := range watched {
			if strings.HasPrefix(key, chatKey) {
				changed[key] = true // whose it is, its notes, who is writing
			}
		}
	}
	if err := l.compare(ctx, watched, changed); err != nil && ctx.Err() == nil {
		l.log.WarnContext(ctx, "looking what has changed at the desk", "error", err)
	}
	if again {
		l.mu.Lock()
		l.looks++
		l.mu.Unlock()
	}
	l.tell(changed)
}

// compare what is said in the chats that are watched with what was told of them.
func (l *Live) compare(ctx context.Context, watched, changed map[string]bool) error {
	var contacts []string
	for key := range watched {
		if contact, ok := strings.CutPrefix(key, chatKey); ok {
			contacts = append(contacts, contact)
		}
	}
	if len(contacts) == 0 && !watched[InboxKey] {
		clear(l.pulses)
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	var pulses []store.Pulse
	said := l.said
	err := l.store.Read(ctx, func(tx store.Tx) (err error) {
		pulses, err = tx.Pulses(ctx, contacts)
		if err == nil && watched[InboxKey] {
			said, err = tx.SaidInTickets(ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	if said != l.said {
		changed[InboxKey] = true
	}
	l.said = said
	now := make(map[string]store.Pulse, len(pulses))
	for _, p := range pulses {
		now[p.ContactID] = p
		if l.pulses[p.ContactID] != p {
			changed[ChatKey(p.ContactID)] = true
		}
	}
	l.pulses = now
	return nil
}

// topics that concern the desk.
var topics = []store.Topic{store.SaidTopic, store.DeskTopic, store.DayTopic}

// ear gathers the store's signals until they are taken.
type ear struct {
	any     chan struct{} // something was heard
	signals map[store.Topic]<-chan struct{}
	stops   []func()
	mu      sync.Mutex
	got     map[store.Topic]bool
}

func newEar(db store.Store) *ear {
	e := &ear{any: make(chan struct{}, 1), signals: map[store.Topic]<-chan struct{}{}, got: map[store.Topic]bool{}}
	for _, topic := range topics {
		signals, stop := db.Wake(topic)
		e.signals[topic], e.stops = signals, append(e.stops, stop)
	}
	return e
}

// listen until ctx ends.
func (e *ear) listen(ctx context.Context) {
	for topic, signals := range e.signals {
		go func() {
			for {
				select {
				case <-signals:
					e.hear(topic)
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	context.AfterFunc(ctx, func() {
		for _, stop := range e.stops {
			stop()
		}
	})
}

func (e *ear) hear(topic store.Topic) {
	e.mu.Lock()
	e.got[topic] = true
	e.mu.Unlock()
	select {
	case e.any <- struct{}{}:
	default:
	}
}

func (e *ear) take() map[store.Topic]bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	got := e.got
	e.got = map[store.Topic]bool{}
	return got
}
