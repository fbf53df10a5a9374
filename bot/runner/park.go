package runner

import (
	"context"
	"encoding/json"
	"errors"
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
	if failed.input.Kind == store.PlanInput { // what happens every day is tried again tomorrow
		if err := r.journey.PlanBranches(ctx, tx); err != nil {
			return err
		}
	}
	found, err := tx.Contacts(ctx, []string{failed.input.ContactID})
	if err != nil || len(found) == 0 {
		return err
	}
	return r.toHuman(ctx, tx, found[0], failed.input.Kind == store.MessageInput)
}

// refuse keeps of a message that the store cannot take only that it came, so that the network brings it no more. A
// human is to ask again.
func (r *Runner) refuse(ctx context.Context, m channels.Incoming, why error) error {
	ctx, cancel := context.WithTimeout(ctx, hangsAfter)
	defer cancel()
	now := r.Clock.Now()
	came := store.Input{
		Channel: string(m.From.Channel), ExternalID: m.ID, Kind: store.MessageInput, ReceivedAt: now, EndedAt: now, Unkept: true,
	}
	var untold error
	stored := false
	err := r.Store.Tx(ctx, func(tx store.Tx) error {
		n, err := tx.Accept(ctx, []store.Input{came})
		if err != nil {
			return fmt.Errorf("refusing a message: %w", err)
		}
		if stored = n == 0; stored { // the commit that seemed to fail did not
			return nil
		}
		untold = tx.Savepoint(ctx, func() error { // it may be the contact that cannot be written
			met, err := tx.Meet(ctx, r.strangers([]channels.Incoming{m}))
			if err != nil {
				return err
			}
			return r.toHuman(ctx, tx, met[0], true)
		})
		return nil
	})
	if err != nil || stored {
		return err
	}
	r.Metrics.Failed.WithLabelValues("refused").Inc()
	r.Log.Error("message refused", "channel", came.Channel, "id", came.ExternalID, "error", errors.Join(why, untold))
	return nil
}

// toHuman makes work of what could not be stepped; who wrote it is told so.
func (r *Runner) toHuman(ctx context.Context, tx store.Tx, c store.Contact, wrote bool) error {
	ticket := store.Ticket{ContactID: c.ID, PatientID: c.PatientID, Kind: "poison", Priority: desk.High}
	if err := r.house.Desk.Once(ctx, tx, ticket, r.Clock.Now()); err != nil || !wrote || r.isRoom(c) {
		return err
	}
	return r.apologise(ctx, tx, c)
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
