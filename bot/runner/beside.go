package runner

import (
	"context"
	"fmt"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// other is another chat of the transaction, of the same person or of somebody who may be the same. Nobody else steps it
// until the transaction ends. Of its own inputs it takes none now: they came after what is being done.
func (c *chat) other(ctx context.Context, id string) (*chat, error) {
	if o := c.beside[id]; o != nil {
		o.touched = true
		return o, o.see()
	}
	if err := c.tx.LockChats(ctx, []string{id}); err != nil {
		return nil, err
	}
	rows, err := c.tx.Contacts(ctx, []string{id})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	o := &chat{Runner: c.Runner, tx: c.tx, now: c.now, row: rows[0], conversation: &dialogs.Conversation{}, beside: c.beside, full: true, touched: true, asked: true}
	for _, known := range c.beside {
		if known.row.PatientID == o.row.PatientID {
			o.me = known.me
		}
	}
	if o.me == nil {
		people, err := c.peopleByID(ctx, c.tx, []string{o.row.PatientID})
		if err != nil {
			return nil, err
		}
		o.me = people[o.row.PatientID]
	}
	stored, err := c.tx.Conversations(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	for _, row := range stored {
		if o.conversation, err = dialogs.DecodeConversation(row.State); err != nil {
			return nil, fmt.Errorf("reading a conversation: %w", err)
		}
		o.set = row.Wake
	}
	c.beside[id] = o
	return o, o.see()
}

// see prepares the chat for a step.
func (c *chat) see() (err error) {
	if c.contact == nil {
		c.contact, err = c.asContact()
	}
	return err
}

// hand gives another chat what tasks of this one have, and the clicks of their links; there the tasks have other numbers.
func (c *chat) hand(ctx context.Context, to *chat, tasks map[int]int) error {
	if err := c.tx.MoveTasks(ctx, c.row.ID, to.row.ID, tasks); err != nil {
		return err
	}
	begins := make(map[string]string, len(tasks))
	for there, here := range tasks {
		begins[engine.TapsOf(there)] = engine.TapsOf(here)
	}
	return c.tx.MoveLinks(ctx, c.row.ID, to.row.ID, begins)
}

// others are the person's other chats, the newest first.
func (c *chat) others(ctx context.Context) ([]store.Contact, error) {
	all, err := c.tx.ContactsOf(ctx, c.row.PatientID)
	if err != nil {
		return nil, err
	}
	var others []store.Contact
	for _, o := range all {
		if o.ID != c.row.ID && !c.isRoom(o) {
			others = append(others, o)
		}
	}
	return others, nil
}
