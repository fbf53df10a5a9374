package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"careline/store"
)

// pastedTexts: people paste anything, and a chat's id may be anything.
func pastedTexts(t *testing.T, s *stage) {
	for _, text := range []string{
		"", "it's \"quoted\" -- ; DROP TABLE patients", "👩🏽‍⚕️ שלום", "zero \x00 byte", "broken \xff utf-8", strings.Repeat("длинно ", 20_000),
	} {
		c := s.stranger()
		c.Chat, c.Name = text[:min(len(text), 50)]+c.Chat, text
		var met []store.Contact
		for range 2 {
			s.do(func(ctx context.Context, tx store.Tx) (err error) {
				met, err = tx.Meet(ctx, []store.Contact{c})
				return err
			})
			equal(t, "met again", met[0].ID, c.ID)
		}
		want := strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
		equal(t, "name", met[0].Name, want)
		equal(t, "accepted", s.accept(s.message(met[0], text)), 1)
	}
}

// batches: nothing depends on how many come at once, and nothing is no work.
func batches(t *testing.T, s *stage) {
	const many = 1500
	strangers := make([]store.Contact, many)
	for i := range strangers {
		strangers[i] = s.stranger()
	}
	var in []store.Input
	var out []store.Output
	var timers []store.Timer
	var states []store.Conversation
	var ids []string
	for i, c := range strangers {
		in, out = append(in, s.message(c, "in")), append(out, s.reply(c, "out"))
		timers = append(timers, store.Timer{Key: fmt.Sprint(i), ContactID: c.ID, Due: s.now, Kind: store.TimerInput})
		states = append(states, store.Conversation{ContactID: c.ID, State: []byte(`{}`), UpdatedAt: s.now})
		ids = append(ids, c.ID)
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		if _, err := tx.Meet(ctx, strangers); err != nil {
			return err
		}
		if _, err := tx.Accept(ctx, in); err != nil {
			return err
		}
		if err := tx.SetTimers(ctx, timers); err != nil {
			return err
		}
		if err := tx.SaveConversations(ctx, states); err != nil {
			return err
		}
		return tx.Put(ctx, out)
	})
	s.do(func(ctx context.Context, tx store.Tx) error {
		fired, err := tx.Fire(ctx, s.now, many)
		equal(t, "fired", fired, many)
		if err != nil {
			return err
		}
		ready, err := tx.Ready(ctx, s.now, 2*many)
		equal(t, "ready", len(ready), many)
		if err != nil {
			return err
		}
		waiting, err := tx.Waiting(ctx, ids, 10)
		equal(t, "waiting", len(waiting), 2*many)
		if err != nil {
			return err
		}
		seqs := make([]int64, len(waiting))
		for i, w := range waiting {
			seqs[i] = w.Seq
		}
		if err := tx.Done(ctx, seqs, s.now); err != nil {
			return err
		}
		claimed, err := tx.Claim(ctx, nil, "a", s.now, s.now, 2*many)
		equal(t, "claimed", len(claimed), many)
		if err != nil {
			return err
		}
		taken := make([]store.Delivery, len(claimed))
		for i, o := range claimed {
			taken[i] = store.Delivery{ID: o.ID, Receipt: "r", At: s.now}
		}
		return sent(ctx, tx, taken...)
	})
	s.do(nothing)
}

// nothing calls every method that takes a list with an empty one.
func nothing(ctx context.Context, tx store.Tx) error {
	for _, f := range []func() error{
		func() error { _, err := tx.Accept(ctx, nil); return err },
		func() error { _, err := tx.Waiting(ctx, nil, 1); return err },
		func() error { return tx.Done(ctx, nil, Noon) },
		func() error { return tx.Forget(ctx, nil) },
		func() error { return tx.Put(ctx, nil) },
		func() error { return sent(ctx, tx) },
		func() error { _, err := tx.Yield(ctx, "a", nil); return err },
		func() error { return tx.SetTimers(ctx, nil) },
		func() error { return tx.CancelTimers(ctx, nil) },
		func() error { _, err := tx.Meet(ctx, nil); return err },
		func() error { _, err := tx.Contacts(ctx, nil); return err },
		func() error { return tx.SaveContacts(ctx, nil) },
		func() error { _, err := tx.Patients(ctx, nil); return err },
		func() error { return tx.SavePatients(ctx, nil) },
		func() error { _, err := tx.Conversations(ctx, nil); return err },
		func() error { return tx.SaveConversations(ctx, nil) },
		func() error { return tx.RecordConsents(ctx, nil) },
		func() error { _, err := tx.ConsentsOf(ctx, nil); return err },
		func() error { _, err := tx.Busy(ctx, nil, Noon, Noon, Noon); return err },
		func() error { return tx.FreeHolds(ctx, nil) },
		func() error { return tx.SaveAppointments(ctx, nil) },
		func() error { _, err := tx.AppointmentsByID(ctx, nil); return err },
		func() error { _, err := tx.AppointmentsOf(ctx, nil, Noon, Noon); return err },
		func() error { _, err := tx.Ratings(ctx, nil); return err },
		func() error { _, err := tx.WaitlistByID(ctx, nil); return err },
		func() error { return tx.SaveWaitlist(ctx, nil) },
		func() error { return tx.OpenTickets(ctx, nil) },
		func() error { _, err := tx.TicketsByID(ctx, nil); return err },
		func() error { return tx.SaveTickets(ctx, nil) },
		func() error { return tx.AddToTicket(ctx, nil) },
		func() error { return tx.AppendEvents(ctx, nil) },
		func() error { return tx.KeepAnswers(ctx, nil) },
	} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
