package booking

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"careline/store"
)

// Unite makes one patient of two: everything of from becomes into's, who learns what only from has told. Who calls it
// keeps the chats of both to itself (store.Contacts.LockChats), and has made sure that they are one person.
func Unite(ctx context.Context, tx store.Tx, from, into store.Patient, now time.Time) error {
	if err := tx.Join(ctx, from.ID, into.ID, now); err != nil {
		return err
	}
	merged, err := merge(into, from)
	if err != nil {
		return err
	}
	if err := tx.SavePatients(ctx, []store.Patient{merged}); err != nil {
		return fmt.Errorf("saving a joined patient: %w", err)
	}
	if from.SnoozedUntil.After(now) {
		return tx.Snooze(ctx, into.ID, from.SnoozedUntil)
	}
	return nil
}

// merge is the patient with what was not known of them, and what they said last of themselves.
func merge(p, chat store.Patient) (store.Patient, error) {
	for _, v := range []struct {
		to   *string
		from string
	}{{&p.FullName, chat.FullName}, {&p.Phone, chat.Phone}, {&p.Birth, chat.Birth}, {&p.Channel, chat.Channel}, {&p.External, chat.External}} {
		if *v.to == "" {
			*v.to = v.from
		}
	}
	for _, t := range chat.Tags {
		if !slices.Contains(p.Tags, t) {
			p.Tags = append(slices.Clone(p.Tags), t)
		}
	}
	if len(chat.Memory) == 0 {
		return p, nil
	}
	all, newer := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if len(p.Memory) > 0 {
		if err := json.Unmarshal(p.Memory, &all); err != nil {
			return p, fmt.Errorf("reading what is remembered: %w", err)
		}
	}
	if err := json.Unmarshal(chat.Memory, &newer); err != nil {
		return p, fmt.Errorf("reading what is remembered: %w", err)
	}
	maps.Copy(all, newer)
	memory, err := json.Marshal(all)
	p.Memory = memory
	return p, err
}
