package runner

import (
	"context"
	"fmt"
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// stepWithin is when a transaction takes no further input: those who were first have waited enough.
const stepWithin = 200 * time.Millisecond

// batch is what one transaction steps: inputs of many contacts, each contact's in their order.
type batch struct {
	*Runner
	tx     store.Tx
	inputs []store.Input
	chats  map[string]*chat // whose inputs may be stepped, by contact
	ended  int              // inputs
	put    []store.Output   // messages; the sender has to learn what became of the transaction
}

// step lets the contacts take their inputs, as many of each as told and as many of all as go in the time of
// one transaction.
func (b *batch) step(ctx context.Context, ready []store.Contact, perContact int) (err error) {
	defer recovered(&err)
	if len(ready) == 0 && len(b.inputs) == 0 {
		return nil
	}
	if err := b.load(ctx, ready); err != nil {
		return err
	}
	b.inOrder()
	begun := time.Now()
	for i := range b.inputs {
		in := &b.inputs[i]
		c := b.chats[in.ContactID]
		switch {
		case in.ContactID == "":
			if err := b.nobody(ctx, in); err != nil {
				return &stepError{input: *in, err: err}
			}
			in.EndedAt = b.Clock.Now()
			b.ended++
		case c == nil || c.full:
		case c.taken == perContact, b.ended > 0 && time.Since(begun) > stepWithin:
			c.full = true // what comes later waits behind this one
		default:
			in.ContactID = c.row.ID
			if err := c.take(ctx, in); err != nil {
				return &stepError{input: *in, err: err}
			}
			in.EndedAt = c.now
			c.taken++
			b.ended++
		}
	}
	return nil
}

// load reads in a handful of queries what the steps of these contacts need.
func (b *batch) load(ctx context.Context, contacts []store.Contact) error {
	ids := make([]string, len(contacts))
	patients := make([]string, len(contacts))
	for i, c := range contacts {
		ids[i], patients[i] = c.ID, c.PatientID
	}
	rows, err := b.tx.Conversations(ctx, ids)
	if err != nil {
		return fmt.Errorf("reading conversations: %w", err)
	}
	people, err := b.peopleByID(ctx, b.tx, patients)
	if err != nil {
		return err
	}
	b.chats = make(map[string]*chat, len(contacts))
	for _, c := range contacts {
		b.chats[c.ID] = &chat{Runner: b.Runner, tx: b.tx, row: c, me: people[c.PatientID], now: b.Clock.Now(), conversation: &dialogs.Conversation{}, beside: b.chats}
	}
	for _, row := range rows {
		c := b.chats[row.ContactID]
		if conversation, err := dialogs.DecodeConversation(row.State); err != nil {
			c.broken = fmt.Errorf("reading a conversation: %w", err)
		} else {
			c.conversation, c.set = conversation, row.Wake
		}
	}
	return nil
}

// write saves what the steps changed, each table in one go.
func (b *batch) write(ctx context.Context) error {
	var w writes
	for _, c := range b.chats {
		if c.taken == 0 && !c.touched {
			continue
		}
		if err := c.collect(ctx, &w); err != nil {
			return err
		}
	}
	b.tx.Wake(store.SaidTopic)
	b.put = w.outputs
	return w.flush(ctx, b.tx, b.sender)
}

// listening are those who told something and wait for more questions.
func (b *batch) listening() (to []channels.Address) {
	for _, c := range b.chats {
		if c.listens() {
			to = append(to, c.contact.Address)
		}
	}
	return to
}
