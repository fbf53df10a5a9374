package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"careline/channels"
	chat "careline/channels/web"
	"careline/store"
)

// Mailbox is the web chat's view of the store: what was written and what was answered.
type Mailbox struct{ Store store.Store }

// Lines implements the web chat's Mailbox.
func (m Mailbox) Lines(ctx context.Context, name string, after int64, limit int) ([]chat.Line, error) {
	var lines []store.Line
	err := m.Store.Read(ctx, func(tx store.Tx) error {
		contact, err := tx.ContactAt(ctx, "web", name)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		lines, err = tx.History(ctx, contact.ID, after, 0, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading a chat: %w", err)
	}
	out := make([]chat.Line, 0, len(lines))
	for _, l := range lines {
		line, err := lineOf(l)
		if err != nil {
			return nil, err
		}
		if l.State != "dropped" {
			out = append(out, line)
		}
	}
	return out, nil
}

func lineOf(l store.Line) (line chat.Line, err error) {
	line = chat.Line{Seq: l.Seq, At: l.At, Author: l.Author}
	if l.Incoming {
		line.In = &channels.Incoming{}
		err = json.Unmarshal(l.Payload, line.In)
	} else {
		line.Out = &channels.Outgoing{}
		err = json.Unmarshal(l.Payload, line.Out)
	}
	if err != nil {
		return line, fmt.Errorf("reading a line of a chat: %w", err)
	}
	return line, nil
}

// Changed implements the web chat's Mailbox. A signal may be about another chat.
func (m Mailbox) Changed(string) (<-chan struct{}, func()) { return m.Store.Wake(store.WebTopic) }
