package store

import "context"

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
