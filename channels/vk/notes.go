package vk

import (
	"context"
	"sync"
	"time"
)

// notes is a Memory that lasts as long as the process.
type notes struct {
	mu    sync.Mutex
	words map[string]string
}

func newNotes() *notes { return &notes{words: map[string]string{}} }

func (n *notes) Recall(_ context.Context, name string) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.words[name], nil
}

func (n *notes) Remember(_ context.Context, name, value string, _ time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.words[name] = value
	return nil
}
