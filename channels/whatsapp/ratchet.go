package whatsapp

import (
	"context"
	"sync"

	"go.mau.fi/whatsmeow/store"
)

// ratchet lets the library encrypt and decrypt in turns. It reads a person's session, moves it on and writes it back;
// where it does both at once one of the moves is undone, and the person's phone drops our next message as one that it
// has had, though the network has taken it.
type ratchet struct {
	store.EventBuffer
	sync.Mutex
}

// DoDecryptionTxn implements store.EventBuffer; every private message is decrypted in it.
func (r *ratchet) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	r.Lock()
	defer r.Unlock()
	return r.EventBuffer.DoDecryptionTxn(ctx, decrypt)
}
