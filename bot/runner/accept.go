package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"careline/channels"
	"careline/store"
)

// Accept stores what people wrote; nil means that it will be stepped, whatever happens to this process.
// It implements channels.Sink.
func (r *Runner) Accept(ctx context.Context, in ...channels.Incoming) error {
	if len(in) == 0 {
		return nil
	}
	now := r.Clock.Now()
	fresh := 0
	err := r.Store.Tx(ctx, func(tx store.Tx) error {
		people, err := tx.Meet(ctx, r.strangers(in))
		if err != nil {
			return fmt.Errorf("meeting contacts: %w", err)
		}
		rows := make([]store.Input, len(in))
		for i, m := range in {
			payload, err := json.Marshal(m)
			if err != nil {
				return fmt.Errorf("writing a message: %w", err)
			}
			rows[i] = store.Input{
				Channel: string(m.From.Channel), ExternalID: m.ID, ContactID: people[i].ID,
				Kind: store.MessageInput, Payload: payload, ReceivedAt: now,
			}
		}
		if fresh, err = tx.Accept(ctx, rows); err != nil {
			return fmt.Errorf("accepting messages: %w", err)
		}
		if fresh > 0 {
			tx.Wake(store.InboxTopic)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range in {
		r.Metrics.Received.WithLabelValues(string(m.From.Channel)).Inc()
	}
	r.Metrics.Duplicate.Add(float64(len(in) - fresh))
	return nil
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
