package actions

import (
	"context"

	"careline/dialogs"
)

// Talks are the other chats of the person, and of whom may be the same person.
type Talks interface {
	// Elsewhere is what the person began in another chat and has not ended; nil = nothing.
	Elsewhere(ctx context.Context) (*Elsewhere, error)
	// Bring takes what runs there over into this chat; none = it has ended meanwhile.
	Bring(ctx context.Context) ([]*dialogs.Task, error)
	// Leave ends what runs there.
	Leave(ctx context.Context) error
	// SendCode sends a code into the chat of the phone's owner, if there is one.
	SendCode(ctx context.Context) (Sent, error)
	// ShowCode is a code that joins a chat where the person's own phone was typed; empty = enough for today.
	ShowCode(ctx context.Context) (string, error)
	// TryCode joins both chats when the code is the one that was sent.
	TryCode(ctx context.Context, code string) (Tried, error)
	// RefuseCode: the person of this chat has not asked for the code that came here.
	RefuseCode(ctx context.Context) error
}

// Elsewhere is a talk in another chat of the person.
type Elsewhere struct {
	Contact   string
	Messenger string // what the channel is called
	Matter    string // what it is about; empty = not known in the person's language
}

// Sent is what became of the wish for a code.
type Sent string

// What became of it.
const (
	CodeSent Sent = "sent"   // to the owner of the phone; the same is said when there is none
	OwnPhone Sent = "proven" // the person is the owner
	NoCode   Sent = "none"   // no phone is known, or enough were sent
)

// Tried is what became of a code that was typed.
type Tried string

// What became of it.
const (
	CodeRight Tried = "joined"
	CodeWrong Tried = "wrong"
	CodeOver  Tried = "over" // it is too old, or was tried too often, or refused
)
