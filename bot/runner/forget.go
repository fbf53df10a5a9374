package runner

import (
	"context"
	"fmt"
	"time"

	"careline/bot/engine"
	"careline/store"
)

// forget goes on with a stranger at the same address: the person was erased with everything that was
// known of them, and is still told so.
func (c *chat) forget(ctx context.Context) error {
	erased := c.row.ID
	met, err := c.tx.Meet(ctx, []store.Contact{{
		ID: c.IDs(), PatientID: c.IDs(), Channel: c.row.Channel, Chat: c.row.Chat, Language: c.row.Language, CreatedAt: c.now,
		HeardAt: c.row.HeardAt, // or a messenger that answers only who has written would not tell them
	}})
	if err != nil {
		return fmt.Errorf("meeting the erased person anew: %w", err)
	}
	if err := c.tx.Continue(ctx, met[0].ID, erased); err != nil {
		return err
	}
	people, err := c.peopleByID(ctx, c.tx, []string{met[0].PatientID})
	if err != nil {
		return err
	}
	c.row, c.me, c.met = met[0], people[met[0].PatientID], nil
	c.said, c.authored, c.events, c.told, c.ended = nil, nil, nil, nil, nil
	c.rowChanged, c.forgotten, c.set = false, true, time.Time{}
	stranger, err := c.asContact()
	if err == nil {
		*c.contact = *stranger
	}
	return err
}

// cleared marks the first message after an erasure.
func (c *chat) cleared(said []engine.Said) {
	if c.forgotten && len(said) > 0 {
		said[0].Clears, c.forgotten = true, false
		c.conversation.LastIn = 0 // a stranger has not written yet
	}
}
