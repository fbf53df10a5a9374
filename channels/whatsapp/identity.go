package whatsapp

import (
	"context"
	"sync"

	"go.mau.fi/whatsmeow/store"
)

// identities remembers whose key the session's database holds: the library asks for it and writes it again whenever it
// encrypts or decrypts, each time with a commit of its own, and a key changes only with a new phone.
type identities struct {
	store.IdentityStore
	store.EventBuffer
	mu    sync.Mutex
	known map[string][32]byte // by address
}

// identitiesKnown is how many are remembered; a hundred bytes each.
const identitiesKnown = 10_000

// rememberIdentities of a device of which no other process has the session now.
func rememberIdentities(device *store.Device) {
	i := &identities{IdentityStore: device.Identities, EventBuffer: device.EventBuffer, known: map[string][32]byte{}}
	device.Identities, device.EventBuffer = i, i
}

// PutIdentity implements store.IdentityStore.
func (i *identities) PutIdentity(ctx context.Context, address string, key [32]byte) error {
	if known, ok := i.recall(address); ok && known == key {
		return nil
	}
	if err := i.IdentityStore.PutIdentity(ctx, address, key); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.known) >= identitiesKnown {
		clear(i.known)
	}
	i.known[address] = key
	return nil
}

// IsTrustedIdentity implements store.IdentityStore.
func (i *identities) IsTrustedIdentity(ctx context.Context, address string, key [32]byte) (bool, error) {
	if known, ok := i.recall(address); ok {
		return known == key, nil
	}
	return i.IdentityStore.IsTrustedIdentity(ctx, address, key)
}

// DeleteIdentity implements store.IdentityStore.
func (i *identities) DeleteIdentity(ctx context.Context, address string) error {
	defer i.forget()
	return i.IdentityStore.DeleteIdentity(ctx, address)
}

// DeleteAllIdentities implements store.IdentityStore.
func (i *identities) DeleteAllIdentities(ctx context.Context, phone string) error {
	defer i.forget()
	return i.IdentityStore.DeleteAllIdentities(ctx, phone)
}

// DoDecryptionTxn implements store.EventBuffer: a key that was written in it is not there when it fails.
func (i *identities) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	err := i.EventBuffer.DoDecryptionTxn(ctx, decrypt)
	if err != nil {
		i.forget()
	}
	return err
}

func (i *identities) recall(address string) (key [32]byte, ok bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	key, ok = i.known[address]
	return key, ok
}

// forget all of them; each is asked for again.
func (i *identities) forget() {
	i.mu.Lock()
	defer i.mu.Unlock()
	clear(i.known)
}
