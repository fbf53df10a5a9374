package demo

import (
	"context"
	"sync"

	"careline/dialogs"
	"careline/store"
)

const eventsAtOnce = 500

// follower reads the events once each, to know who talks and where their last dialog was.
type follower struct {
	mu    sync.Mutex
	seq   int64
	known map[string]last // by contact
}

// last is where a conversation was seen last.
type last struct{ dialog, state string }

// newest is the contact who wrote last; "" when nobody has.
func (f *follower) newest(ctx context.Context, tx store.Tx) (contact store.Contact, seen last, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.read(ctx, tx); err != nil {
		return contact, seen, err
	}
	ids := make([]string, 0, len(f.known))
	for id := range f.known {
		ids = append(ids, id)
	}
	contacts, err := tx.Contacts(ctx, ids)
	if err != nil {
		return contact, seen, err
	}
	for _, c := range contacts {
		if contact.ID == "" || c.LastIn.After(contact.LastIn) {
			contact = c
		}
	}
	return contact, f.known[contact.ID], nil
}

func (f *follower) read(ctx context.Context, tx store.Tx) error {
	for {
		events, err := tx.EventsSince(ctx, f.seq, eventsAtOnce)
		if err != nil {
			return err
		}
		for _, e := range events {
			f.seq = e.Seq
			f.note(e)
		}
		if len(events) < eventsAtOnce {
			return nil
		}
	}
}

func (f *follower) note(e store.Event) {
	if e.ContactID == "" {
		return
	}
	seen := f.known[e.ContactID]
	if e.Dialog != "" {
		seen = last{e.Dialog, e.State}
		if e.Name == "dialog.ended" {
			seen.state = "end " + e.Value
		}
	}
	f.known[e.ContactID] = seen
}

// standing is where the conversation is: the frame on top, or where the last dialog ended.
func standing(c *dialogs.Conversation, seen last) last {
	if len(c.Tasks) == 0 {
		return seen
	}
	frames := c.Tasks[len(c.Tasks)-1].Frames
	if len(frames) == 0 {
		return seen
	}
	top := frames[len(frames)-1]
	return last{top.Dialog, top.State}
}
