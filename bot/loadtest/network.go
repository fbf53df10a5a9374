package loadtest

import (
	"context"
	"time"
)

// Network is a messenger's local server.
type Network interface {
	// Seat is a person in a chat with the bot; the same number is the same person.
	Seat(n int, name string) Seat
	// Traffic is what the bot has sent so far, and all calls that it made but those by which it receives.
	Traffic() (messages, calls int)
	// Receives reports whether a bot has begun to receive.
	Receives() bool
}

// Seat is a person in a chat with the bot, who reads the screen and acts.
type Seat interface {
	Chat() string  // what careline calls the chat
	Phone() string // the person's own
	Write(text string) Sent
	// TellPhone gives the number as people do it there: by a button, or typed.
	TellPhone(phone string) Sent
	// Press takes the k-th choice of a message, from 0; negative: from the end.
	Press(m Message, k int) (Sent, error)
	// Messages is what of the bot's stands in the chat now, oldest first.
	Messages() []Message
	// Log is every message of the bot and every change of one as it was then, oldest first.
	Log() []Message
	// After is the first message or change by the bot after number seq that matches; it waits for it.
	After(ctx context.Context, seq int, match func(Message) bool) (Message, error)
}

// Sent is what became of an action.
type Sent struct {
	Seq  int // how many changes the chat had before it
	At   time.Time
	Said string // as careline keeps it
}

// Message is one of the bot's messages as it stood in the chat at some moment.
type Message struct {
	ID     string
	Seq    int // number of this change in its chat, from 1
	At     time.Time
	Edited bool   // it is the change of an older one
	Text   string // with that beside a file
	Labels []string
	File   string // name of the document; empty = none
	Place  bool
}
