package whatsapp

import (
	"context"
	"fmt"
	"sync"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/types"
)

// people finds the one chat of a person who is known there by two ids: a hidden one (LID), which is the chat, and a
// phone. Who was met by phone alone stays the chat of that phone when the other id is learnt.
type people struct {
	memory channels.Memory
	mu     sync.Mutex
	known  map[string]string // chat by phone, of those met by phone alone; "" = of all others
}

// byPhone is the chat of a phone that was met alone; empty = it was not.
func (p *people) byPhone(ctx context.Context, phone types.JID) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if chat, ok := p.known[phone.User]; ok {
		return chat, nil
	}
	chat, err := p.memory.Recall(ctx, "chat "+phone.User)
	if err != nil {
		return "", fmt.Errorf("recalling a chat: %w", err)
	}
	p.known[phone.User] = chat
	return chat, nil
}

func (p *people) metByPhone(ctx context.Context, phone types.JID) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	chat := phone.String()
	if err := p.memory.Remember(ctx, "chat "+phone.User, chat, time.Time{}); err != nil {
		return "", fmt.Errorf("remembering a chat: %w", err)
	}
	p.known[phone.User] = chat
	return chat, nil
}

// person is the chat, and the phone if it is known, of who stands in a message under one or two ids.
func (l *line) person(ctx context.Context, one, other types.JID) (chat string, phone types.JID, err error) {
	lid, phone := sort(one, other)
	switch {
	case lid.IsEmpty():
		if lid, err = l.lidOf(ctx, phone); err != nil {
			return "", phone, err
		}
	case phone.IsEmpty():
		if phone, err = l.lids.GetPNForLID(ctx, lid); err != nil {
			return "", phone, fmt.Errorf("looking up a phone: %w", errSession)
		}
	}
	if !phone.IsEmpty() {
		if chat, err = l.people.byPhone(ctx, phone); err != nil || chat != "" {
			return chat, phone, err
		}
	}
	if lid.IsEmpty() {
		chat, err = l.people.metByPhone(ctx, phone)
		return chat, phone, err
	}
	return lid.String(), phone, nil
}

// lidOf asks the session, then the network; empty = the network does not know, or not now.
func (l *line) lidOf(ctx context.Context, phone types.JID) (types.JID, error) {
	lid, err := l.lids.GetLIDForPN(ctx, phone)
	if err != nil {
		return lid, fmt.Errorf("looking up a person: %w", errSession)
	}
	if !lid.IsEmpty() {
		return lid, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	found, err := l.client.GetUserInfo(ctx, []types.JID{phone})
	if err != nil {
		return types.JID{}, nil // people.metByPhone keeps their chat together
	}
	return found[phone].LID.ToNonAD(), nil
}

// sort tells a hidden id from a phone.
func sort(ids ...types.JID) (lid, phone types.JID) {
	for _, id := range ids {
		switch id.Server {
		case types.HiddenUserServer:
			lid = id.ToNonAD()
		case types.DefaultUserServer:
			phone = id.ToNonAD()
		}
	}
	return lid, phone
}

// e164 is the phone as it is dialled; empty = not known.
func e164(phone types.JID) string {
	if phone.IsEmpty() {
		return ""
	}
	return "+" + phone.User
}
