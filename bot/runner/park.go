package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// stepError is a step that could not be done; its input is to blame.
type stepError struct {
	input store.Input
	err   error
}

func (e *stepError) Error() string { return fmt.Sprintf("input %d: %v", e.input.Seq, e.err) }
func (e *stepError) Unwrap() error { return e.err }

// panicError is what recovered makes of a panic.
type panicError struct {
	what  string
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %s\n%s", p.what, p.stack) }

// recovered, deferred, makes an error of a panic. Only what the Go runtime says is repeated: anything else
// may hold a person's words.
func recovered(err *error) {
	switch p := recover().(type) {
	case nil:
	case runtime.Error:
		*err = &panicError{p.Error(), debug.Stack()}
	default:
		*err = &panicError{fmt.Sprintf("of type %T", p), debug.Stack()}
	}
}

// undone counts the failure of an input; after the last try it is parked and becomes a ticket, so that it
// blocks nobody and somebody looks at it.
func (r *Runner) undone(ctx context.Context, failed *stepError) error {
	now := r.Clock.Now()
	fate := "retried"
	err := r.Store.Tx(ctx, func(tx store.Tx) error {
		n, err := tx.Failed(ctx, failed.input.Seq, failed.err.Error(), now.Add(firstRetry<<failed.input.Attempts))
		if err != nil {
			return fmt.Errorf("counting a failed step: %w", err)
		}
		if n < tries {
			return nil
		}
		fate = "parked"
		return r.park(ctx, tx, failed)
	})
	if err != nil {
		return err
	}
	r.Metrics.Failed.WithLabelValues(fate).Inc()
	r.Log.Error("step undone", "input", failed.input.Seq, "kind", failed.input.Kind, "fate", fate, "error", failed.err)
	return nil
}

func (r *Runner) park(ctx context.Context, tx store.Tx, failed *stepError) error {
	now := r.Clock.Now()
	if err := tx.Park(ctx, failed.input.Seq, failed.err.Error(), now); err != nil {
		return fmt.Errorf("parking an input: %w", err)
	}
	found, err := tx.Contacts(ctx, []string{failed.input.ContactID})
	if err != nil || len(found) == 0 {
		return err
	}
	contact := found[0]
	ticket := store.Ticket{ContactID: contact.ID, PatientID: contact.PatientID, Kind: "poison", Priority: desk.High}
	if err := r.house.Desk.Once(ctx, tx, ticket, now); err != nil {
		return err
	}
	if failed.input.Kind != store.MessageInput || r.isRoom(contact) {
		return nil
	}
	return r.apologise(ctx, tx, contact)
}

// apologise tells the person that a human will look.
func (r *Runner) apologise(ctx context.Context, tx store.Tx, c store.Contact) error {
	text, err := r.Scripts.Catalogue().Text(c.Language, "engine.failed", nil, func(string) (string, bool) { return "", false })
	if err != nil {
		return err
	}
	key := r.IDs()
	payload, err := json.Marshal(channels.Outgoing{Key: key, Text: text, Language: c.Language})
	if err != nil {
		return fmt.Errorf("writing an apology: %w", err)
	}
	tx.Wake(store.OutboxTopic)
	return tx.Put(ctx, []store.Output{{
		ID: key, ContactID: c.ID, Channel: c.Channel, Chat: c.Chat, Class: "service", Payload: payload, CreatedAt: r.Clock.Now(),
	}})
}
