package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Database is a Store over database/sql.
type Database struct {
	write, read *sql.DB
	dialect     Dialect
	hub         hub
	rumour      rumour
}

// Over makes a store of two pools, which may be one and the same. Close closes them.
func Over(write, read *sql.DB, d Dialect) *Database {
	return &Database{write: write, read: read, dialect: d}
}

// errChanged: what the transaction has read is not so any more, and will be right when it is read again.
var errChanged = errors.New("changed by another transaction")

// attempts of a transaction that the database wants repeated; they take some seconds together.
const attempts = 12

// Tx implements Store.
func (db *Database) Tx(ctx context.Context, f func(Tx) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, db.write, nil, f)
		if err == nil || try == attempts || !errors.Is(err, errChanged) && db.dialect.Failure(err) != Again {
			return err
		}
		if err := pause(ctx, time.Duration(try*try)*5*time.Millisecond); err != nil {
			return err
		}
	}
}

// Read implements Store.
func (db *Database) Read(ctx context.Context, f func(Tx) error) error {
	return db.once(ctx, db.read, &db.dialect.Reading, f)
}

func (db *Database) once(ctx context.Context, pool *sql.DB, o *sql.TxOptions, f func(Tx) error) error {
	s, err := pool.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", db.dialect.explain(err))
	}
	defer s.Rollback() // after a commit it does nothing
	t := &tx{Tx: s, dialect: &db.dialect}
	if err := f(t); err != nil {
		return err
	}
	if err := t.grow(ctx); err != nil {
		return err
	}
	said := slices.Contains(t.topics, SaidTopic)
	if told := slices.DeleteFunc(slices.Clone(t.topics), func(t Topic) bool { return t == SaidTopic }); len(told) > 0 {
		if err := db.notify(ctx, s, told); err != nil {
			return err
		}
	}
	if err := s.Commit(); err != nil {
		return fmt.Errorf("committing: %w", db.dialect.explain(err))
	}
	for _, topic := range t.topics {
		db.hub.signal(topic)
	}
	if said && db.dialect.Notify != nil {
		db.rumour.spread(db.tellSaid)
	}
	return nil
}

func (db *Database) notify(ctx context.Context, s *sql.Tx, topics []Topic) error {
	if db.dialect.Notify == nil {
		return nil
	}
	if err := db.dialect.Notify(ctx, s, topics); err != nil {
		return fmt.Errorf("notifying: %w", db.dialect.explain(err))
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Wake implements Store.
func (db *Database) Wake(topic Topic) (signals <-chan struct{}, stop func()) {
	return db.hub.listen(topic)
}

// Signal wakes those of this process who listen to the topic: another process has told of it.
func (db *Database) Signal(topic Topic) { db.hub.signal(topic) }

// Ping implements Store.
func (db *Database) Ping(ctx context.Context) error {
	if err := db.write.PingContext(ctx); err != nil {
		return fmt.Errorf("asking the database: %w", db.dialect.explain(err))
	}
	return nil
}

// Close implements Store.
func (db *Database) Close() error {
	db.rumour.end()
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}

// hub hands out signals within the process. A signal that finds the last one unread is not lost but
// merged with it.
type hub struct {
	mu        sync.Mutex
	listeners map[Topic]map[chan struct{}]bool
}

func (h *hub) listen(topic Topic) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listeners == nil {
		h.listeners = map[Topic]map[chan struct{}]bool{}
	}
	if h.listeners[topic] == nil {
		h.listeners[topic] = map[chan struct{}]bool{}
	}
	h.listeners[topic][c] = true
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.listeners[topic], c)
	}
}

func (h *hub) signal(topic Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.listeners[topic] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
