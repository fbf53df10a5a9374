package desk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"careline/channels"
	"careline/store"
)

// How often it is written down that somebody writes, and for how long that counts.
const (
	presenceEvery = 3 * time.Second
	presenceLasts = 8 * time.Second
)

// Presence tells colleagues, in all processes, and the patient who is writing in a chat.
type Presence struct {
	Store store.Store
	// Show lets the patient see that somebody writes.
	Show func(channels.Address)

	mu     sync.Mutex
	latest map[[2]string]time.Time // by chat and account
}

// Typing says that the account is writing in the chat. A page may call it at every keystroke.
func (p *Presence) Typing(ctx context.Context, contact string, by Account, now time.Time) error {
	if !p.fresh(contact, by.ID, now) {
		return nil
	}
	var to channels.Address
	err := p.Store.Tx(ctx, func(tx store.Tx) error {
		c, err := living(ctx, tx, contact)
		if err != nil {
			return err
		}
		if c.BlockedAt.IsZero() {
			to = channels.Address{Channel: channels.ID(c.Channel), Chat: c.Chat}
		}
		tx.Wake(store.DeskTopic)
		return tx.Present(ctx, store.Presence{ContactID: contact, AccountID: by.ID, Name: by.Name, Until: now.Add(presenceLasts)}, now)
	})
	if err != nil {
		return fmt.Errorf("noting who is writing: %w", err)
	}
	if to.Chat != "" {
		p.Show(to)
	}
	return nil
}

// Stopped says that the account writes no longer in the chat.
func (p *Presence) Stopped(ctx context.Context, contact string, by Account) error {
	p.mu.Lock()
	delete(p.latest, [2]string{contact, by.ID})
	p.mu.Unlock()
	return p.Store.Tx(ctx, func(tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.Absent(ctx, contact, by.ID)
	})
}

// fresh reports whether it is time to write it down again.
func (p *Presence) fresh(contact, account string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.latest == nil {
		p.latest = map[[2]string]time.Time{}
	}
	for key, at := range p.latest {
		if now.Sub(at) >= presenceEvery {
			delete(p.latest, key)
		}
	}
	key := [2]string{contact, account}
	if _, soon := p.latest[key]; soon {
		return false
	}
	p.latest[key] = now
	return true
}
