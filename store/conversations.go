package store

import (
	"context"
	"maps"
	"slices"
)

// Conversations implements Conversations.
func (t *tx) Conversations(ctx context.Context, contacts []string) ([]Conversation, error) {
	if len(contacts) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading conversations", func(c *Conversation) []any {
		return []any{&c.ContactID, raw{&c.State}, &c.Owner, &c.Dialog, at{&c.UpdatedAt}, at{&c.Wake}}
	}, `SELECT contact_id, state, owner, dialog, updated_us, wake_us FROM conversations
		WHERE contact_id = ANY(`+p.add(contacts)+`) ORDER BY contact_id`, p...)
}

// SaveConversations implements Conversations.
func (t *tx) SaveConversations(ctx context.Context, conversations []Conversation) error {
	var rows [][]any
	for _, c := range latest(conversations, func(c Conversation) string { return c.ContactID }) {
		if !t.erased[c.ContactID] {
			rows = append(rows, []any{c.ContactID, c.State, c.Owner, c.Dialog, micros(c.UpdatedAt), micros(c.Wake)})
		}
	}
	_, err := t.insert(ctx, "saving conversations",
		`INSERT INTO conversations (contact_id, state, owner, dialog, updated_us, wake_us)`, rows,
		`ON CONFLICT (contact_id) DO UPDATE SET state = excluded.state, owner = excluded.owner,
			dialog = excluded.dialog, updated_us = excluded.updated_us, wake_us = excluded.wake_us`)
	return err
}

// moving are the steps of MoveTasks; $1 is from, $2 to, $3 the task there, $4 the task here.
var moving = []string{
	`UPDATE holds SET contact_id = $2, task = $4 WHERE contact_id = $1 AND task = $3 AND place = ''`,
	`UPDATE tickets SET contact_id = $2, task = $4 WHERE contact_id = $1 AND task = $3 AND state <> 'closed'`,
	`UPDATE answers SET contact_id = $2, task = $4 WHERE contact_id = $1 AND task = $3`,
}

// MoveTasks implements Conversations.
func (t *tx) MoveTasks(ctx context.Context, from, to string, tasks map[int]int) error {
	for _, there := range slices.Sorted(maps.Keys(tasks)) {
		for _, step := range moving {
			if _, err := t.exec(ctx, "moving a task to another chat", step, from, to, there, tasks[there]); err != nil {
				return err
			}
		}
	}
	return nil
}
