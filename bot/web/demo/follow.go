package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"careline/dialogs"
	"careline/store"
)

const (
	eventsAtOnce = 500
	phone        = "web" // the channel of the newcomer's phone; the others who write are furniture
)

// follower reads the events once each, to know who talks and where their last dialog was.
type follower struct {
	mu    sync.Mutex
	seq   int64
	known map[string]last // by contact
}

// last is where a conversation was seen last.
type last struct{ dialog, state string }

// newest is the conversation of the one who wrote last, and where it was seen; without a contact when nobody has.
func (f *follower) newest(ctx context.Context, tx store.Tx) (contact string, c dialogs.Conversation, seen last, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.read(ctx, tx); err != nil {
		return "", c, seen, err
	}
	rows, err := tx.Conversations(ctx, slices.Sorted(maps.Keys(f.known)))
	if err != nil {
		return "", c, seen, err
	}
	for _, row := range rows {
		var this dialogs.Conversation
		if len(row.State) > 0 {
			if err := json.Unmarshal(row.State, &this); err != nil {
				return "", c, seen, fmt.Errorf("reading a conversation: %w", err)
			}
		}
		if contact == "" || this.LastIn > c.LastIn {
			contact, c = row.ContactID, this
		}
	}
	return contact, c, f.known[contact], nil
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
	if e.ContactID == "" || e.Channel != phone {
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
