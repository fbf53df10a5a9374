package web

import (
	"context"
	"errors"
	"io"
	"time"

	"careline/channels"
)

// Mailbox is what was said in each chat, both ways.
type Mailbox interface {
	// Lines returns the last limit lines of the chat with Seq > after, oldest first. A chat that nobody
	// wrote in yet has none.
	Lines(ctx context.Context, chat string, after int64, limit int) ([]Line, error)
	// Changed signals after something was added to the chat, by any process; it never blocks, so two
	// changes may be one signal, and a signal may be about nothing.
	Changed(chat string) (signals <-chan struct{}, stop func())
}

// Line is one message of a chat: In or Out is set.
type Line struct {
	Seq    int64 // grows within the chat
	At     time.Time
	In     *channels.Incoming
	Out    *channels.Outgoing
	Author string // who of the clinic wrote Out by hand; empty = the bot
}

// ErrNoFile is what Files.Open says of a file that is not there, or not this chat's.
var ErrNoFile = errors.New("no such file")

// Files keeps what people attach.
type Files interface {
	// Put stores a file of at most 10 MB and returns its reference. The same key again is the same file.
	// When body fails nothing is kept and its error is returned wrapped.
	Put(ctx context.Context, chat, key string, f channels.File, body io.Reader) (ref string, err error)
	// Open gives a file that was attached or shown in this chat: Put's reference, or "media/…" of the clinic.
	Open(ctx context.Context, chat, ref string) (channels.File, io.ReadCloser, error)
}
