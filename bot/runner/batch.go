package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// stepWithin is when a transaction takes no further input: those who were first have waited enough.
const stepWithin = 200 * time.Millisecond

// Step serves the contacts that have input due: one transaction for all of them. A step that fails undoes
// the transaction, is counted against its input, and the others are served at the next call.
func (r *Runner) Step(ctx context.Context) (int, error) {
	n, err := r.serve(ctx, contactsPerTx, inputsPerStep)
	if err != nil && ctx.Err() == nil && !blames(err) && !elsewhere(err) {
		n, err = r.serve(ctx, 1, 1) // alone, so that it is known whose input cannot be written
	}
	var failed *stepError
	if errors.As(err, &failed) && ctx.Err() == nil && !elsewhere(err) { // a stop is nobody's fault
		return 1, r.undone(ctx, failed)
	}
	return n, err
}

// blames reports whether the error names its input.
func blames(err error) bool {
	var failed *stepError
	return errors.As(err, &failed)
}

// elsewhere reports whether the database is to blame and no input: the same step will do later.
func elsewhere(err error) bool {
	return errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrFull) || errors.Is(err, context.DeadlineExceeded)
}

// serve steps up to so many contacts with so many inputs each.
func (r *Runner) serve(ctx context.Context, contacts, perContact int) (n int, err error) {
	begun := time.Now()
	var listening []channels.Address
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		n, listening, err = r.batch(ctx, tx, contacts, perContact)
		return err
	})
	if err != nil {
		return 0, err
	}
	if n > 0 {
		r.Metrics.Stepped.Add(float64(n))
		r.Metrics.StepTime.Observe(time.Since(begun).Seconds())
		r.showTyping(listening)
	}
	return n, nil
}

func (r *Runner) batch(ctx context.Context, tx store.Tx, contacts, perContact int) (n int, listening []channels.Address, err error) {
	now := r.Clock.Now()
	ready, err := tx.Ready(ctx, now, contacts)
	if err != nil || len(ready) == 0 {
		return 0, nil, err
	}
	inputs, err := tx.Waiting(ctx, ready, perContact)
	if err != nil {
		return 0, nil, fmt.Errorf("reading the inbox: %w", err)
	}
	chats, taken, err := r.steps(ctx, tx, ready, inputs)
	if err != nil {
		if len(inputs) == 1 && !blames(err) {
			err = &stepError{input: inputs[0], err: err}
		}
		return 0, nil, err
	}
	done := make([]int64, taken)
	for i, in := range inputs[:taken] {
		done[i] = in.Seq
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

// steps lets the chats take their inputs, as many as go in the time of one transaction, and writes what that
// changed in those chats.
func (r *Runner) steps(ctx context.Context, tx store.Tx, ready []string, inputs []store.Input) (stepped map[string]*chat, taken int, err error) {
	defer recovered(&err)
	begun := time.Now()
	chats, err := r.load(ctx, tx, ready)
	if err != nil {
		return nil, 0, err
	}
	stepped = make(map[string]*chat, len(chats))
	for _, in := range inputs {
		if taken > 0 && time.Since(begun) > stepWithin {
			break
		}
		c := chats[in.ContactID]
		if err := c.take(ctx, in); err != nil {
			return nil, 0, &stepError{input: in, err: err}
		}
		stepped[in.ContactID] = c
		taken++
	}
	return stepped, taken, r.write(ctx, tx, stepped)
}

// load reads in a handful of queries what the steps of these contacts need.
func (r *Runner) load(ctx context.Context, tx store.Tx, ids []string) (map[string]*chat, error) {
	contacts, err := tx.Contacts(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading contacts: %w", err)
	}
	rows, err := tx.Conversations(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading conversations: %w", err)
	}
	people, err := r.people(ctx, tx, contacts)
	if err != nil {
		return nil, err
	}
	chats := make(map[string]*chat, len(contacts))
	for _, c := range contacts {
		chats[c.ID] = r.newChat(tx, c, people[c.PatientID])
	}
	for _, row := range rows {
		c := chats[row.ContactID]
		if conversation, err := dialogs.DecodeConversation(row.State); err != nil {
			c.broken = fmt.Errorf("reading a conversation: %w", err)
		} else {
			c.conversation = conversation
		}
	}
	return chats, nil
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
