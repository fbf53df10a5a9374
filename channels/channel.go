// Package channels is what careline and a messenger say to each other: messages, choices, what a
// messenger can do, and how it may fail. It knows nothing of dialogs or of the store.
package channels

import (
	"context"
	"io"
	"net/http"
)

// ID names a channel: "web", "telegram", "vk", "whatsapp", "console".
type ID string

// Address is one chat on one channel. Chat is opaque: only the channel that gave it may read it.
type Address struct {
	Channel ID     `json:"channel"`
	Chat    string `json:"chat"`
}

// Channel is a messenger. Everything beyond these four methods is a small optional interface
// (Typer, Pages, Single, Exclusive, Groups, Inviter, Health, Adviser,
// Linker, Forgetter) that its users find by assertion.
type Channel interface {
	ID() ID
	Caps() Caps
	// Run receives until ctx ends and reconnects by itself. It blocks. It hands every message to in
	// and acknowledges it to the network only after Accept has returned nil.
	Run(ctx context.Context, in Sink) error
	// Send shows m in the chat. A failure is an *Error. m.Key is the idempotency key: a channel whose
	// network has such a key passes it on, so that a repeated Send shows nothing twice.
	Send(ctx context.Context, to Address, m Outgoing) (Receipt, error)
}

// Sink takes what patients write. Nil means stored; a message that was stored before is a success.
type Sink interface {
	Accept(ctx context.Context, m ...Incoming) error
}

// Receipt is what the network said of a message that it took.
type Receipt struct {
	ID string `json:"id,omitempty"` // the network's id of the (last) message shown
	// Calls are those to the network that count against its Rates; 0 = one, as with most messages.
	Calls int `json:"-"`
	// Begun: the topic of the message was made for it, for there was none, or none any more.
	Begun bool `json:"-"`
}

// NoCalls is Receipt.Calls of a message for which there was nothing to do.
const NoCalls = -1

// Spent is how many calls it took.
func (r Receipt) Spent() int {
	switch r.Calls {
	case 0:
		return 1
	case NoCalls:
		return 0
	}
	return r.Calls
}

// Typer shows «typing…» while an answer is being made.
type Typer interface {
	Typing(ctx context.Context, to Address) error
}

// Pages is a channel that serves HTTP itself: a webhook, or pages of its own. Path begins and ends with a
// slash; requests come with their whole path.
type Pages interface {
	http.Handler
	Path() string
}

// Single is a channel of which one process of all may Run at a time: a long poll, a linked phone. Every
// process may Send, unless the channel is Exclusive.
type Single interface {
	Single() bool
}

// Exclusive is a Single channel whose device is in one place: only the process that runs it can Send. Here tells
// whether that is this one; elsewhere a Send is Held.
type Exclusive interface {
	Here() bool
}

// Groups is a channel that has chats of many people, which take fewer messages: Rates.PerGroupMin.
type Groups interface {
	Group(chat string) bool
}

// Inviter is a channel into which a link leads. Who comes by the link writes with Incoming.Source = source, which is at
// most 32 letters, digits and underscores. Invite calls nobody; "" = not known yet.
type Inviter interface {
	Invite(source string) string
}

// Introducer is a channel that has to ask its network by which name people find us. Introduce does so, as often as it
// takes, until ctx ends; a channel that runs does it by itself.
type Introducer interface {
	Introduce(ctx context.Context)
}

// Opener is a channel that can open what people have sent, by File.Ref. ErrGone when its network has it no more. No
// error names an address that opens the file.
type Opener interface {
	Open(ctx context.Context, from Address, f File) (io.ReadCloser, error)
}

// Health tells whether the channel can work now; the error says what to do about it.
type Health interface {
	Healthy(ctx context.Context) error
}

// Forgetter is a channel that keeps something of people for itself: keys, names. Forget deletes what it has of a person
// who was erased; it may be asked twice. Who writes from there again is a stranger.
type Forgetter interface {
	Forget(ctx context.Context, to Address) error
}
