package whatsapptest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// Messages is what stands in the chat now, oldest first, the person's own too.
func (p *Seat) Messages() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.now()
}

// Shown is the words of the clinic's messages that stand in the chat now, oldest first.
func (p *Seat) Shown() (texts []string) {
	for _, m := range p.Messages() {
		if m.Clinic {
			texts = append(texts, m.Words())
		}
	}
	return texts
}

// Log is every message and every change of one as it was then, oldest first.
func (p *Seat) Log() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.Clone(p.chat.log)
}

// Typing counts how often «typing…» was shown.
func (p *Seat) Typing() int {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.typing
}

// Receipts is what the clinic let the person know about a message, in order: "" delivered, "inactive" delivered while
// nobody looks, "read", "played".
func (p *Seat) Receipts(message string) []string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.Clone(p.chat.receipts[message])
}

// AwaitReceipt waits until the clinic's client has reported this about a message.
func (p *Seat) AwaitReceipt(ctx context.Context, message string, kind types.ReceiptType) error {
	return p.until(ctx, func() bool { return slices.Contains(p.chat.receipts[message], string(kind)) })
}

// AwaitTaken waits until the clinic's client has acknowledged a message in any way.
func (p *Seat) AwaitTaken(ctx context.Context, message string) error {
	return p.until(ctx, func() bool { return len(p.chat.receipts[message]) > 0 })
}

// AwaitTyping waits until «typing…» was shown more often than this.
func (p *Seat) AwaitTyping(ctx context.Context, before int) error {
	return p.until(ctx, func() bool { return p.chat.typing > before })
}

func (p *Seat) until(ctx context.Context, come func() bool) error {
	for {
		p.s.mu.Lock()
		done, changed := come(), p.chat.changed
		p.s.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Await reads on in the chat until a message of the clinic, new or changed, matches, and remembers how far it read.
// One goroutine at a time may Await on a seat.
func (p *Seat) Await(ctx context.Context, match func(Message) bool) (Message, error) {
	m, err := p.After(ctx, p.seen, match)
	if err == nil {
		p.seen = m.Seq
	}
	return m, err
}

// AwaitText reads on until the clinic says something that holds the piece.
func (p *Seat) AwaitText(ctx context.Context, piece string) (Message, error) {
	m, err := p.Await(ctx, func(m Message) bool { return strings.Contains(m.Words(), piece) })
	if err != nil {
		return m, fmt.Errorf("waiting for %q: %w; shown: %q", piece, err, p.Shown())
	}
	return m, nil
}

// After is the first change by the clinic after number seq that matches; it waits for it.
func (p *Seat) After(ctx context.Context, seq int, match func(Message) bool) (found Message, err error) {
	byClinic := func(m Message) bool { return m.Clinic && match(m) }
	err = p.until(ctx, func() bool {
		m := p.chat.since(seq, byClinic)
		if seq = len(p.chat.log); m == nil {
			return false
		}
		found = *m
		return true
	})
	return found, err
}
