package whatsapp

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// ratchet lets the library encrypt and decrypt in turns. It reads a person's session, moves it on and writes it back,
// and where it does both at once one of the moves is undone: the next message gets a number that was used already, and
// the person's phone drops it, though the network has taken it.
type ratchet struct {
	store.SessionStore
	store.EventBuffer
	turns sync.Mutex
	alone atomic.Pointer[turn] // of a move that no context stands for
}

// aloneWithin ends a turn of which the end was not seen: a database failed between reading and writing.
const aloneWithin = 10 * time.Second

type turnKey struct{}

// turn is one of the moves; it stands in the context of who makes it.
type turn struct {
	sync.Locker
	taken bool
}

func (t *turn) take() {
	if !t.taken {
		t.Lock()
		t.taken = true
	}
}

func (t *turn) give() {
	if t.taken {
		t.taken = false
		t.Unlock()
	}
}

// sending is the context to send a message with: the turn lasts while it is encrypted, and not while the network thinks
// about it. Done has to be called when it was sent.
func (r *ratchet) sending(ctx context.Context) (_ context.Context, done func()) {
	t := &turn{Locker: &r.turns}
	return context.WithValue(ctx, turnKey{}, t), t.give
}

// DoDecryptionTxn implements store.EventBuffer; every private message is decrypted in it.
func (r *ratchet) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	ctx, done := r.sending(ctx)
	defer done()
	ctx.Value(turnKey{}).(*turn).take() // ahead of the transaction, in which nobody may have to wait
	return r.EventBuffer.DoDecryptionTxn(ctx, decrypt)
}

// GetManySessions implements store.SessionStore; with it the library begins to encrypt a message.
func (r *ratchet) GetManySessions(ctx context.Context, addresses []string) (map[string][]byte, error) {
	if t, ok := ctx.Value(turnKey{}).(*turn); ok {
		t.take()
	}
	return r.SessionStore.GetManySessions(ctx, addresses)
}

// PutManySessions implements store.SessionStore; with it the library has encrypted a message.
func (r *ratchet) PutManySessions(ctx context.Context, sessions map[string][]byte) error {
	if t, ok := ctx.Value(turnKey{}).(*turn); ok {
		defer t.give()
	}
	return r.SessionStore.PutManySessions(ctx, sessions)
}

// GetSession implements store.SessionStore. The library reads one in order to write it: while it decrypts, or, in a
// context of its own, when it encrypts once more what a phone could not read.
func (r *ratchet) GetSession(ctx context.Context, address string) ([]byte, error) {
	if ctx.Value(turnKey{}) == nil {
		r.takeAlone()
	}
	session, err := r.SessionStore.GetSession(ctx, address)
	if err != nil && ctx.Value(turnKey{}) == nil {
		r.giveAlone(r.alone.Load())
	}
	return session, err
}

// PutSession implements store.SessionStore.
func (r *ratchet) PutSession(ctx context.Context, address string, session []byte) error {
	if ctx.Value(turnKey{}) == nil {
		defer r.giveAlone(r.alone.Load())
	}
	before, err := r.SessionStore.GetSession(ctx, address)
	if err != nil {
		return err
	}
	if session, err = archived(before, session); err != nil {
		return err
	}
	return r.SessionStore.PutSession(ctx, address, session)
}

// MigratePNToLID implements store.SessionStore: the sessions of a phone become those of its hidden id.
func (r *ratchet) MigratePNToLID(ctx context.Context, phone, lid types.JID) error {
	if t, ok := ctx.Value(turnKey{}).(*turn); !ok || !t.taken {
		r.turns.Lock()
		defer r.turns.Unlock()
	}
	return r.SessionStore.MigratePNToLID(ctx, phone, lid)
}

func (r *ratchet) takeAlone() {
	t := &turn{Locker: &r.turns}
	t.take()
	r.alone.Store(t)
	time.AfterFunc(aloneWithin, func() { r.giveAlone(t) })
}

func (r *ratchet) giveAlone(t *turn) {
	if t != nil && r.alone.CompareAndSwap(t, nil) {
		t.give()
	}
}
