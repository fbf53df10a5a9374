package page

import (
	"context"
	"sync"
)

// Memo is what many open pages show the same: it is read once for each change under its key, and not once for each page.
type Memo[T any] struct {
	live *Live
	key  string
	read func(ctx context.Context) (T, error)

	mu     sync.Mutex
	known  bool
	change [2]int
	value  T
}

// NewMemo makes one; read is asked by one page at a time.
func NewMemo[T any](l *Live, key string, read func(ctx context.Context) (T, error)) *Memo[T] {
	return &Memo[T]{live: l, key: key, read: read}
}

// Get is the value as it is since the last change. Nobody changes it.
func (m *Memo[T]) Get(ctx context.Context) (T, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change := m.live.change(m.key)
	if m.known && change == m.change {
		return m.value, nil
	}
	value, err := m.read(ctx)
	if err != nil {
		return value, err
	}
	m.known, m.change, m.value = true, change, value
	return value, nil
}

// change counts the changes under the key, and the moments at which one may have been missed.
func (l *Live) change(key string) [2]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return [2]int{l.revision[key], l.looks}
}
