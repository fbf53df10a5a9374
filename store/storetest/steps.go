package storetest

import (
	"context"
	"fmt"
	"testing"

	"careline/store"
)

// crowd are contacts whose messages are accepted, stepped, answered and sent at once.
type crowd struct {
	Bed
	ids    []string
	rounds int
}

// steps measures all that the store does for one message of each of some contacts.
func steps(b *testing.B, bed Bed, width int) {
	c := &crowd{Bed: bed, ids: meetMany(b, bed, width)}
	c.measure(b)
}

// Walk takes some new contacts one message further, and does what is done in between: what waits is looked for,
// timers fire.
func Walk(t testing.TB, s store.Store) {
	ctx := t.Context()
	c := &crowd{Bed: Bed{Store: s}, ids: meetMany(t, s, 10)}
	must(t, c.round(ctx))
	for _, f := range []func(store.Tx) error{
		func(tx store.Tx) error { _, err := tx.Fire(ctx, Noon, 100); return err },
		func(tx store.Tx) error { _, err := tx.Ready(ctx, Noon, 100); return err },
		func(tx store.Tx) error { _, err := tx.Waiting(ctx, c.ids, 20); return err },
		func(tx store.Tx) error { return tx.Done(ctx, []int64{1}, Noon) },
		func(tx store.Tx) error { _, err := tx.Claim(ctx, []string{"web"}, "a", Noon, Noon, 100); return err },
		func(tx store.Tx) error { _, err := tx.Receipts(ctx, []string{c.key(0)}); return err },
		func(tx store.Tx) error { return tx.CancelTimers(ctx, []string{"wake:" + c.ids[0]}) },
		func(tx store.Tx) error { return tx.FreeHolds(ctx, map[string][]int{c.ids[0]: {1}}) },
		func(tx store.Tx) error { _, err := tx.NextTry(ctx); return err },
		func(tx store.Tx) error { _, err := tx.NextTimer(ctx); return err },
		func(tx store.Tx) error { _, err := tx.NextSend(ctx, []string{"web"}); return err },
	} {
		must(t, s.Tx(ctx, f))
	}
}

func (c *crowd) measure(b *testing.B) {
	ctx := b.Context()
	for range 10 { // statements are planned for good
		must(b, c.round(ctx))
	}
	before := c.CPU()
	for b.Loop() {
		must(b, c.round(ctx))
	}
	n := float64(b.N * len(c.ids))
	b.ReportMetric(float64((c.CPU()-before).Microseconds())/n, "cpu-µs/step")
	b.ReportMetric(n/b.Elapsed().Seconds(), "steps/s")
}

// round takes every contact one message further.
func (c *crowd) round(ctx context.Context) error {
	c.rounds++
	sent := make([]store.Delivery, len(c.ids))
	for i := range c.ids {
		sent[i] = store.Delivery{ID: c.key(i), Receipt: c.key(i), At: Noon}
	}
	for _, f := range []func(store.Tx) error{
		func(tx store.Tx) error { return c.step(ctx, tx) },
		func(tx store.Tx) error { _, err := tx.Sent(ctx, sent); return err },
	} {
		if err := c.Tx(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (c *crowd) key(i int) string { return fmt.Sprintf("%s-%d", c.ids[i], c.rounds) }

// step accepts the messages and steps them in one transaction.
func (c *crowd) step(ctx context.Context, tx store.Tx) error {
	in, met := make([]store.Input, len(c.ids)), make([]store.Contact, len(c.ids))
	for i, id := range c.ids {
		met[i] = store.Contact{ID: id, PatientID: "p" + id, Channel: "web", Chat: id}
		in[i] = store.Input{Channel: "web", ExternalID: c.key(i), ContactID: id, Kind: store.MessageInput,
			Payload: []byte(`{"id":"1","from":{"channel":"web","chat":"1"},"text":"hello there"}`), ReceivedAt: Noon, EndedAt: Noon}
	}
	if _, err := tx.Meet(ctx, met); err != nil {
		return err
	}
	if _, _, err := tx.Arrived(ctx, in); err != nil {
		return err
	}
	if err := look(ctx, tx, c.ids); err != nil {
		return err
	}
	if _, err := tx.Accept(ctx, in); err != nil {
		return err
	}
	return c.write(ctx, tx)
}

// look reads what steps of the contacts need.
func look(ctx context.Context, tx store.Tx, contacts []string) error {
	patients := make([]string, len(contacts))
	for i, id := range contacts {
		patients[i] = "p" + id
	}
	for _, read := range []func() error{
		func() error { _, err := tx.Conversations(ctx, contacts); return err },
		func() error { _, err := tx.Patients(ctx, patients); return err },
		func() error { _, err := tx.ConsentsOf(ctx, patients); return err },
		func() error {
			_, err := tx.AppointmentsOf(ctx, patients, Noon.AddDate(-1, 0, 0), Noon.AddDate(1, 0, 0))
			return err
		},
	} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

// write keeps what a step of each contact changed.
func (c *crowd) write(ctx context.Context, tx store.Tx) error {
	var states []store.Conversation
	var out []store.Output
	var timers []store.Timer
	var events []store.Event
	var answers []store.Answer
	state := fmt.Appendf(nil, `{"tasks":[{"id":1,"frames":[{"d":"intake","s":"why","a":"%0500d"}]}]}`, c.rounds)
	for i, id := range c.ids {
		out = append(out, store.Output{ID: c.key(i), ContactID: id, Channel: "web", Chat: id, Class: "service",
			Payload: []byte(`{"key":"1","text":"hello, what can we do for you?","choices":[{"id":"1","label":"book"},{"id":"2","label":"ask"}]}`), CreatedAt: Noon})
		states = append(states, store.Conversation{ContactID: id, State: state, Dialog: "intake", UpdatedAt: Noon})
		timers = append(timers, store.Timer{Key: "wake:" + id, ContactID: id, Due: Noon.AddDate(1, 0, 0), Kind: store.TimerInput})
		for range 4 {
			events = append(events, store.Event{At: Noon, Name: "state", ContactID: id, PatientID: "p" + id, Channel: "web", Task: 1, Dialog: "intake", State: "why"})
		}
		if (i+c.rounds)%2 == 0 {
			answers = append(answers, store.Answer{ContactID: id, PatientID: "p" + id, Task: 1, Dialog: "intake", Name: "why", Value: []byte(`"pain"`), Mark: "plain", At: Noon})
		}
	}
	for _, write := range []func() error{
		func() error { return tx.SaveConversations(ctx, states) },
		func() error { return tx.Put(ctx, out) },
		func() error { return tx.SetTimers(ctx, timers) },
		func() error { return tx.AppendEvents(ctx, events) },
		func() error { return tx.KeepAnswers(ctx, answers) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}
