package wire

import (
	"context"
	"sync"
	"time"
)

// Notes are a channels.Memory that lasts as long as the process.
type Notes struct {
	mu    sync.Mutex
	words map[string]string
}

// NewNotes are empty.
func NewNotes() *Notes { return &Notes{words: map[string]string{}} }

// Recall implements channels.Memory.
func (n *Notes) Recall(_ context.Context, name string) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.words[name], nil
}

// Remember implements channels.Memory.
func (n *Notes) Remember(_ context.Context, name, value string, _ time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.words[name] = value; value == "" {
		delete(n.words, name)
	}
	return nil
}
