package channels

import (
	"context"
	"time"
)

// Linker is a channel that works as a device of the clinic's own account there, once its owner has linked it.
type Linker interface {
	// Account is the account that is linked, as its owner knows it (a phone, E.164); empty = none.
	Account(ctx context.Context) (string, error)
	// Link shows codes until the owner has entered one, and returns the account. With a phone (E.164) of the owner's
	// the codes are to be typed, without one to be scanned. It blocks; ctx ends it.
	Link(ctx context.Context, phone string, show func(LinkCode)) (account string, err error)
	// Unlink gives the account up. Nobody being linked is a success.
	Unlink(ctx context.Context) error
}

// LinkCode links a device. One of the two is set.
type LinkCode struct {
	QR    string // content of the QR code to scan
	Typed string // eight letters to type on the phone
	Until time.Time
}
