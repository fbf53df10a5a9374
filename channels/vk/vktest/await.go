package vktest

import (
	"context"
	"fmt"
	"strings"
)

// Messages is what stands in the chat now, oldest first, the person's own too.
func (p *Seat) Messages() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.now()
}

// Shown is the words of the bot's messages that stand in the chat now, oldest first.
func (p *Seat) Shown() (texts []string) {
	for _, m := range p.Messages() {
		if m.ByBot() {
			texts = append(texts, m.Words())
		}
	}
	return texts
}

// Log is every message and every change of one as it was then, oldest first.
func (p *Seat) Log() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return append([]Message(nil), p.chat.log...)
}

// Keyboard stands open in place of the person's own; nil = none.
func (p *Seat) Keyboard() *Keyboard {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.keyboard
}

// Typing counts how often «печатает…» was shown.
func (p *Seat) Typing() int {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.typing
}

// Read is the newest message, by conversation_message_id, that the community has marked as read; 0 = none.
func (p *Seat) Read() int64 {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.read
}

// Snackbars is what was said over the chat after presses, oldest first.
func (p *Seat) Snackbars() []string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return append([]string(nil), p.chat.toasts...)
}

// Await reads on in the chat until a message of the bot, new or changed, matches, and remembers how far it read. One
// goroutine at a time may Await on a seat.
func (p *Seat) Await(ctx context.Context, match func(Message) bool) (Message, error) {
	m, err := p.After(ctx, p.seen, match)
	if err == nil {
		p.seen = m.Seq
	}
	return m, err
}

// AwaitText reads on until the bot says something that holds the piece.
func (p *Seat) AwaitText(ctx context.Context, piece string) (Message, error) {
	m, err := p.Await(ctx, func(m Message) bool { return strings.Contains(m.Words(), piece) })
	if err != nil {
		return m, fmt.Errorf("waiting for %q: %w; shown: %q", piece, err, p.Shown())
	}
	return m, nil
}

// After is the first change by the bot after number seq that matches; it waits for it.
func (p *Seat) After(ctx context.Context, seq int, match func(Message) bool) (Message, error) {
	byBot := func(m Message) bool { return m.ByBot() && match(m) }
	for {
		p.s.mu.Lock()
		found, end, changed := p.chat.since(seq, byBot), len(p.chat.log), p.chat.changed
		p.s.mu.Unlock()
		if found != nil {
			return *found, nil
		}
		seq = end
		select {
		case <-changed:
		case <-ctx.Done():
			return Message{}, ctx.Err()
		}
	}
}
