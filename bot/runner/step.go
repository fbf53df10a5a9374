package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/bot/journey"
	"careline/store"
)

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
func (r *Runner) serve(ctx context.Context, contacts, perContact int) (int, error) {
	b, err := r.commit(ctx, func(tx store.Tx) (*batch, error) { return r.due(ctx, tx, contacts, perContact) })
	if err != nil {
		if b != nil && len(b.inputs) == 1 && errors.Is(err, journey.ErrUnplanned) {
			err = &stepError{input: b.inputs[0], err: err}
		}
		return 0, err
	}
	return b.ended, nil
}

// commit runs one transaction of steps, and tells those outside of it once it stands. With an error comes what was
// stepped in vain, if it was the end of the transaction that failed.
func (r *Runner) commit(ctx context.Context, do func(store.Tx) (*batch, error)) (b *batch, err error) {
	r.stepping.Lock()
	defer r.stepping.Unlock()
	begun := time.Now()
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		b, err = do(tx)
		return err
	})
	if err != nil {
		if b != nil {
			r.sender.doubt(b.put)
		}
		return b, err
	}
	r.sender.take(b.put)
	if b.ended > 0 {
		r.Metrics.stepped(b, time.Since(begun), r.Clock.Now())
		r.showTyping(b.listening())
	}
	return b, nil
}

// due steps what waits in the inbox.
func (r *Runner) due(ctx context.Context, tx store.Tx, contacts, perContact int) (*batch, error) {
	b := &batch{Runner: r, tx: tx}
	ids, err := tx.Ready(ctx, r.Clock.Now(), contacts)
	if err != nil || len(ids) == 0 {
		return b, err
	}
	if b.inputs, err = tx.Waiting(ctx, ids, perContact); err != nil {
		return nil, fmt.Errorf("reading the inbox: %w", err)
	}
	ready, err := tx.Contacts(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading contacts: %w", err)
	}
	if err = b.step(ctx, ready, perContact); err == nil {
		err = b.write(ctx)
	}
	if err != nil {
		if len(b.inputs) == 1 && !blames(err) {
			err = &stepError{input: b.inputs[0], err: err}
		}
		return nil, err
	}
	return b, b.end(ctx)
}

// end marks the inputs that have been stepped.
func (b *batch) end(ctx context.Context) error {
	var done, unkept []int64
	for _, in := range b.inputs {
		if in.EndedAt.IsZero() {
			continue
		}
		done = append(done, in.Seq)
		if in.Unkept {
			unkept = append(unkept, in.Seq)
		}
	}
	if err := b.tx.Done(ctx, done, b.Clock.Now()); err != nil {
		return fmt.Errorf("marking inputs done: %w", err)
	}
	return b.tx.Forget(ctx, unkept)
}
