package channels

import (
	"context"
	"time"
)

// Memory keeps what a channel has to know when it runs again, in this process or in another: how far it has read, which
// choices a poll had. Never a word of a patient.
type Memory interface {
	// Recall is the value under a name; empty = none, or forgotten by now.
	Recall(ctx context.Context, name string) (string, error)
	// Remember keeps it until then; a zero moment is for ever, an empty value forgets it.
	Remember(ctx context.Context, name, value string, until time.Time) error
}
