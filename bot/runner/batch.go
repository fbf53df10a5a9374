package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// Step serves the contacts that have input due: one transaction for all of them. A step that fails undoes
// the transaction, is counted against its input, and the others are served at the next call.
func (r *Runner) Step(ctx context.Context) (n int, err error) {
	begun := time.Now()
	var listening []channels.Address
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		n, listening, err = r.batch(ctx, tx)
		return err
	})
	var failed *stepError
	if errors.As(err, &failed) && ctx.Err() == nil { // a stop is nobody's fault
		return 1, r.undone(ctx, failed)
	}
	if err == nil && n > 0 {
		r.Metrics.Stepped.Add(float64(n))
		r.Metrics.StepTime.Observe(time.Since(begun).Seconds())
		r.showTyping(listening)
	}
	return n, err
}

func (r *Runner) batch(ctx context.Context, tx store.Tx) (n int, listening []channels.Address, err error) {
	now := r.Clock.Now()
	ready, err := tx.Ready(ctx, now, contactsPerTx)
	if err != nil || len(ready) == 0 {
		return 0, nil, err
	}
	chats, inputs, err := r.load(ctx, tx, ready)
	if err != nil {
		return 0, nil, err
	}
	done := make([]int64, 0, len(inputs))
	for _, in := range inputs {
		chat := chats[in.ContactID]
		if err := chat.take(ctx, in); err != nil {
			return 0, nil, &stepError{input: in, err: err}
		}
		done = append(done, in.Seq)
	}
	if err := r.write(ctx, tx, chats); err != nil {
		return 0, nil, err
	}
	if err := tx.Done(ctx, done, now); err != nil {
		return 0, nil, fmt.Errorf("marking inputs done: %w", err)
	}
	for _, c := range chats {
		if err := tx.Forget(ctx, c.unkept); err != nil {
			return 0, nil, err
		}
		if c.listens() {
			listening = append(listening, c.contact.Address)
		}
	}
	return len(done), listening, nil
}

// load reads in a handful of queries what the steps of these contacts need.
func (r *Runner) load(ctx context.Context, tx store.Tx, ids []string) (map[string]*chat, []store.Input, error) {
	inputs, err := tx.Waiting(ctx, ids, inputsPerStep)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the inbox: %w", err)
	}
	contacts, err := tx.Contacts(ctx, ids)
	if err != nil {
		return nil, nil, fmt.Errorf("reading contacts: %w", err)
	}
	rows, err := tx.Conversations(ctx, ids)
	if err != nil {
		return nil, nil, fmt.Errorf("reading conversations: %w", err)
	}
	people, err := r.people(ctx, tx, contacts)
	if err != nil {
		return nil, nil, err
	}
	chats := make(map[string]*chat, len(contacts))
	for _, c := range contacts {
		chats[c.ID] = r.newChat(tx, c, people[c.PatientID])
	}
	for _, row := range rows {
		c := chats[row.ContactID]
		if err := json.Unmarshal(row.State, c.conversation); err != nil {
			c.broken = fmt.Errorf("reading a conversation: %w", err)
		}
	}
	return chats, inputs, nil
}

// people reads patients with what scripts know of them.
func (r *Runner) people(ctx context.Context, tx store.Tx, contacts []store.Contact) (map[string]*person, error) {
	ids := make([]string, 0, len(contacts))
	for _, c := range contacts {
		ids = append(ids, c.PatientID)
	}
	return r.peopleByID(ctx, tx, ids)
}

// write commits what the steps changed, each table in one batch.
func (r *Runner) write(ctx context.Context, tx store.Tx, chats map[string]*chat) error {
	var w writes
	for _, c := range chats {
		if err := c.collect(&w); err != nil {
			return err
		}
	}
	return w.flush(ctx, tx)
}

// newChat is the state of one contact while its inputs are stepped.
func (r *Runner) newChat(tx store.Tx, c store.Contact, p *person) *chat {
	return &chat{Runner: r, tx: tx, row: c, me: p, now: r.Clock.Now(), conversation: &dialogs.Conversation{}}
}
