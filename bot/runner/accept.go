package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/store"
)

// Accept stores what people wrote; nil means that it has been stepped, or will be, whatever happens to this
// process. It implements channels.Sink.
func (r *Runner) Accept(ctx context.Context, in ...channels.Incoming) error {
	if len(in) == 0 {
		return nil
	}
	return r.arrivals.join(ctx, in)
}

// admit stores messages and steps, in the same commit, those that nothing waits ahead of. When a step fails
// they are only stored: the loop finds out which of them is to blame.
func (r *Runner) admit(ctx context.Context, in []channels.Incoming) error {
	r.working.RLock()
	defer r.working.RUnlock()
	ctx, cancel := context.WithTimeout(ctx, hangsAfter)
	defer cancel()
	b, err := r.commit(ctx, func(tx store.Tx) (*batch, error) { return r.welcome(ctx, tx, in, true) })
	if err != nil && !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, context.DeadlineExceeded) {
		r.Log.Warn("messages are stored without their step", "messages", len(in), "error", err)
		b, err = r.commit(ctx, func(tx store.Tx) (*batch, error) { return r.welcome(ctx, tx, in, false) })
	}
	if err != nil {
		return err
	}
	for _, m := range in {
		r.Metrics.Received.WithLabelValues(string(m.From.Channel)).Inc()
	}
	r.Metrics.Duplicate.Add(float64(len(in) - len(b.inputs)))
	return nil
}

// welcome accepts messages, stepped as far as one transaction goes, if they are to be stepped.
func (r *Runner) welcome(ctx context.Context, tx store.Tx, in []channels.Incoming, step bool) (*batch, error) {
	contacts, rows, err := r.meet(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	fresh, behind, err := tx.Arrived(ctx, rows)
	if err != nil {
		return nil, err
	}
	b := &batch{Runner: r, tx: tx}
	var ready []store.Contact
	for i, row := range rows {
		if !fresh[i] {
			continue
		}
		b.inputs = append(b.inputs, row)
		if step && !behind[row.ContactID] {
			ready = append(ready, contacts[i])
		}
	}
	if err := b.step(ctx, ready, inputsPerStep); err != nil {
		return nil, err
	}
	if _, err := tx.Accept(ctx, b.inputs); err != nil {
		return nil, fmt.Errorf("accepting messages: %w", err)
	}
	if b.ended < len(b.inputs) {
		tx.Wake(store.InboxTopic)
	}
	return b, b.write(ctx)
}

// meet finds the contacts behind the messages and makes rows of the inbox of them.
func (r *Runner) meet(ctx context.Context, tx store.Tx, in []channels.Incoming) ([]store.Contact, []store.Input, error) {
	now := r.Clock.Now()
	contacts, err := tx.Meet(ctx, r.strangers(in))
	if err != nil {
		return nil, nil, fmt.Errorf("meeting contacts: %w", err)
	}
	rows := make([]store.Input, len(in))
	for i, m := range in {
		payload, err := json.Marshal(m)
		if err != nil {
			return nil, nil, fmt.Errorf("writing a message: %w", err)
		}
		rows[i] = store.Input{
			Channel: string(m.From.Channel), ExternalID: m.ID, ContactID: contacts[i].ID,
			Kind: store.MessageInput, Payload: payload, ReceivedAt: now,
		}
	}
	return contacts, rows, nil
}

// strangers describes each writer as a new contact; the store keeps the one it knows.
func (r *Runner) strangers(in []channels.Incoming) []store.Contact {
	now := r.Clock.Now()
	people := make([]store.Contact, len(in))
	for i, m := range in {
		people[i] = store.Contact{
			ID: r.IDs(), PatientID: r.IDs(), Channel: string(m.From.Channel), Chat: m.From.Chat,
			Name: m.Profile.Name, Language: r.speaks(m.Profile.Language), Zone: m.Profile.Zone, Source: m.Source, CreatedAt: now,
		}
		if !m.Clinic && m.Permit == "" {
			people[i].HeardAt = now.UTC().Truncate(time.Hour)
		}
		if r.isRoom(people[i]) { // many write there, it is nobody's own
			people[i].Name, people[i].Source = "", ""
		}
	}
	return people
}

// speaks is the clinic's language that the messenger's is, of whatever country; empty when it is none of
// them, so that the person is asked.
func (r *Runner) speaks(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	if slices.Contains(r.Scripts.Languages, base) {
		return base
	}
	return ""
}
