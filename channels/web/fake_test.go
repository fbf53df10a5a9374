package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"careline/channels"
	"careline/channels/web"
)

// clinic is what stands behind the chat: it stores what people write and what is said to them.
type clinic struct {
	mu      sync.Mutex
	lines   map[string][]web.Line
	known   map[string]bool
	wakes   map[chan struct{}]string
	files   map[string]stored
	refuse  error // what Accept says
	accepts int
}

type stored struct {
	channels.File
	chat string
	body []byte
}

func newClinic() *clinic {
	return &clinic{lines: map[string][]web.Line{}, known: map[string]bool{}, wakes: map[chan struct{}]string{}, files: map[string]stored{}}
}

func (c *clinic) Accept(_ context.Context, messages ...channels.Incoming) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.accepts++
	if c.refuse != nil {
		return c.refuse
	}
	for _, m := range messages {
		if c.known[m.ID] {
			continue
		}
		c.known[m.ID] = true
		c.add(m.From.Chat, web.Line{In: &m, At: m.At})
	}
	return nil
}

// says puts a message of the clinic in the mailbox.
func (c *clinic) says(chat string, o channels.Outgoing) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(chat, web.Line{Out: &o, At: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)})
}

func (c *clinic) add(chat string, l web.Line) {
	if l.Seq == 0 {
		l.Seq = int64(len(c.lines[chat]) + 1)
	}
	c.lines[chat] = append(c.lines[chat], l)
	slices.SortFunc(c.lines[chat], func(a, b web.Line) int { return int(a.Seq - b.Seq) })
	for wake, whose := range c.wakes {
		if whose == chat {
			select {
			case wake <- struct{}{}:
			default:
			}
		}
	}
}

func (c *clinic) Lines(_ context.Context, chat string, after int64, limit int) ([]web.Line, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []web.Line
	for _, l := range c.lines[chat] {
		if l.Seq > after {
			found = append(found, l)
		}
	}
	return found[max(len(found)-limit, 0):], nil
}

func (c *clinic) Changed(chat string) (<-chan struct{}, func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	wake := make(chan struct{}, 1)
	c.wakes[wake] = chat
	return wake, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.wakes, wake)
	}
}

func (c *clinic) Put(_ context.Context, chat, key string, f channels.File, body io.Reader) (string, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return "", fmt.Errorf("reading: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ref := chat + "-" + key
	c.files[ref] = stored{f, chat, data}
	return ref, nil
}

func (c *clinic) Open(_ context.Context, chat, ref string) (channels.File, io.ReadCloser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.files[ref]
	if !ok || f.chat != chat {
		return channels.File{}, nil, web.ErrNoFile
	}
	return f.File, io.NopCloser(bytes.NewReader(f.body)), nil
}

// inbox is what people wrote, in order.
func (c *clinic) inbox() []channels.Incoming {
	c.mu.Lock()
	defer c.mu.Unlock()
	var in []channels.Incoming
	for _, lines := range c.lines {
		for _, l := range lines {
			if l.In != nil {
				in = append(in, *l.In)
			}
		}
	}
	return in
}

// forget empties the mailbox.
func (c *clinic) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.lines)
}
