package channels

import (
	"errors"
	"fmt"
	"time"
)

// Kind of a failed Send; what to do next follows from it alone.
type Kind int

// The kinds of failure.
const (
	Retry         Kind = iota // the network or the way to it failed: try again
	Throttled                 // too fast: try again after RetryAfter
	Rejected                  // this message will never be taken
	Blocked                   // this person does not take our messages
	Misconfigured             // nothing can be sent until somebody mends the settings
	Held                      // this message has to wait RetryAfter, or another way; others may go
)

var kindNames = [...]string{"retry", "throttled", "rejected", "blocked", "misconfigured", "held"}

func (k Kind) String() string { return kindNames[k] }

// Error is a failed Send. Reason is for engineers and holds no text or name of a patient.
type Error struct {
	Kind       Kind
	Code       string // the network's own code
	Reason     string
	RetryAfter time.Duration
	// Done counts the rendered messages, from the first, that the network took before this failure, those
	// of earlier Sends included. Where no network key forbids repetition, the next Send leaves them out.
	Done int
}

func (e *Error) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("%s: %s", e.Kind, e.Reason)
	}
	return fmt.Sprintf("%s %s: %s", e.Kind, e.Code, e.Reason)
}

// ErrGone is what an Opener says of a file that is no more.
var ErrGone = errors.New("the file is no more")

// KindOf tells what to do after err; an error that is no *Error may be tried again.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Retry
}
