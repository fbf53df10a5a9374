package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"careline/store"
)

// Bench measures a migrated, empty store.
func Bench(b *testing.B, open func(b *testing.B) store.Store) {
	b.Run("step of one message", func(b *testing.B) { steps(b, open(b), 1) })
	b.Run("steps of 100 contacts", func(b *testing.B) { steps(b, open(b), 100) })
	b.Run("fire 10000 of a million timers", func(b *testing.B) { firing(b, open(b)) })
	b.Run("idle poll over 100000 done inputs", func(b *testing.B) { polling(b, open(b)) })
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// meetMany makes contacts and gives their ids.
func meetMany(b *testing.B, s store.Store, n int) (ids []string) {
	people := make([]store.Contact, n)
	for i := range people {
		id := fmt.Sprint("c", i)
		people[i] = store.Contact{ID: id, Channel: "web", Chat: id, PatientID: "p" + id, CreatedAt: Noon}
		ids = append(ids, id)
	}
	must(b, s.Tx(b.Context(), func(tx store.Tx) error {
		_, err := tx.Meet(b.Context(), people)
		return err
	}))
	return ids
}

// steps: accept, and in one transaction all that a step reads and writes, for some contacts at once.
func steps(b *testing.B, s store.Store, width int) {
	ctx, ids, n := b.Context(), meetMany(b, s, width), 0
	state := []byte(fmt.Sprintf(`{"tasks":[{"id":1,"frames":[{"d":"intake","s":"why","a":%q}]}]}`, make([]byte, 500)))
	for b.Loop() {
		n++
		in, out := make([]store.Input, width), make([]store.Output, width)
		states, events := make([]store.Conversation, width), make([]store.Event, width)
		for i, id := range ids {
			key := fmt.Sprint(n, "-", i)
			in[i] = store.Input{Channel: "web", ExternalID: key, ContactID: id, Kind: store.MessageInput, Payload: []byte(`{"text":"hello"}`), ReceivedAt: Noon}
			out[i] = store.Output{ID: key, ContactID: id, Channel: "web", Chat: id, Class: "service", Payload: []byte(`{"text":"hello"}`), CreatedAt: Noon}
			states[i] = store.Conversation{ContactID: id, State: state, UpdatedAt: Noon}
			events[i] = store.Event{At: Noon, Name: "step", ContactID: id}
		}
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			_, err := tx.Accept(ctx, in)
			return err
		}))
		must(b, s.Tx(ctx, func(tx store.Tx) error { return stepAll(ctx, tx, width, states, out, events) }))
	}
	b.ReportMetric(float64(b.N*width)/b.Elapsed().Seconds(), "steps/s")
}

func stepAll(ctx context.Context, tx store.Tx, width int, states []store.Conversation, out []store.Output, events []store.Event) error {
	contacts, err := tx.Ready(ctx, Noon, width)
	if err != nil {
		return err
	}
	if len(contacts) != width {
		return fmt.Errorf("%d contacts are ready, want %d", len(contacts), width)
	}
	waiting, err := tx.Waiting(ctx, contacts, 10)
	if err != nil {
		return err
	}
	if _, err := tx.Conversations(ctx, contacts); err != nil {
		return err
	}
	seqs := make([]int64, len(waiting))
	for i, w := range waiting {
		seqs[i] = w.Seq
	}
	for _, err := range []error{
		tx.SaveConversations(ctx, states), tx.Put(ctx, out), tx.AppendEvents(ctx, events), tx.Done(ctx, seqs, Noon),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func firing(b *testing.B, s store.Store) {
	const all, due = 1_000_000, 10_000
	ctx := b.Context()
	set := func(from, n int, at time.Time) {
		timers := make([]store.Timer, n)
		for i := range timers {
			timers[i] = store.Timer{Key: fmt.Sprint(from + i), Due: at.Add(time.Duration(i) * time.Microsecond), Kind: store.TimerInput, Payload: []byte(`{}`)}
		}
		must(b, s.Tx(ctx, func(tx store.Tx) error { return tx.SetTimers(ctx, timers) }))
	}
	for i := 0; i < all; i += due {
		set(i, due, Noon.AddDate(1, 0, 0))
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		set(all+n*due, due, Noon)
		b.StartTimer()
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			fired, err := tx.Fire(ctx, Noon.Add(time.Hour), due)
			if err == nil && fired != due {
				err = fmt.Errorf("fired %d, want %d", fired, due)
			}
			return err
		}))
	}
	b.ReportMetric(float64(b.N*due)/b.Elapsed().Seconds(), "timers/s")
}

func polling(b *testing.B, s store.Store) {
	ctx, ids := b.Context(), meetMany(b, s, 1)
	for i := range 100 {
		in := make([]store.Input, 1000)
		for j := range in {
			in[j] = store.Input{Channel: "web", ExternalID: fmt.Sprint(i, "-", j), ContactID: ids[0], Kind: store.TimerInput, ReceivedAt: Noon}
		}
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			if _, err := tx.Accept(ctx, in); err != nil {
				return err
			}
			waiting, err := tx.Waiting(ctx, ids, len(in))
			if err != nil {
				return err
			}
			seqs := make([]int64, len(waiting))
			for k, w := range waiting {
				seqs[k] = w.Seq
			}
			return tx.Done(ctx, seqs, Noon)
		}))
	}
	for b.Loop() {
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			_, err := tx.Ready(ctx, Noon, 100)
			return err
		}))
	}
}
