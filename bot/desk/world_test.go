package desk_test

import (
	"context"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/bot/folder"
	"careline/dialogs/clinic"
	"careline/store"
)

func pass(t *testing.T, w *bottest.World, d time.Duration) {
	t.Helper()
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(d)); err != nil {
		t.Fatal(err)
	}
}

func change(t *testing.T, w *bottest.World, f func(context.Context, store.Tx) error) {
	t.Helper()
	if err := w.Store.Tx(t.Context(), func(tx store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func contactOf(t *testing.T, w *bottest.World) (c store.Contact) {
	t.Helper()
	change(t, w, func(ctx context.Context, tx store.Tx) (err error) {
		c, err = tx.ContactAt(ctx, "test", "anna")
		return err
	})
	return c
}

func tickets(t *testing.T, w *bottest.World) (open []store.Ticket) {
	t.Helper()
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) (err error) {
		open, err = tx.TicketsOf(ctx, contact.ID)
		return err
	})
	return open
}

func only(t *testing.T, w *bottest.World) store.Ticket {
	t.Helper()
	open := tickets(t, w)
	if len(open) != 1 {
		t.Fatalf("%d tickets are open", len(open))
	}
	return open[0]
}

// turn is what an administrator does.
func turn(t *testing.T, w *bottest.World, do desk.Turn) {
	t.Helper()
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		return desk.Submit(ctx, tx, contact.ID, w.ID(), do, w.Clock.Now())
	})
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// opened opens one more ticket of Anna's for task 7, by the sample clinic's hours.
func opened(t *testing.T, w *bottest.World, now time.Time, priority string) (ticket store.Ticket) {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatal(findings)
	}
	d := desk.Desk{Hours: func(string) desk.Hours { return f.Clinic.DeskHours(f.Clinic.Branches[0]) }, Promise: f.Clinic.Desk.Promise, Alarm: f.Clinic.Desk.Alarm, IDs: w.ID}
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) (err error) {
		ticket, err = d.Open(ctx, tx, store.Ticket{ContactID: contact.ID, PatientID: contact.PatientID, Kind: "asked", Priority: priority, Task: 7}, 0, now)
		return err
	})
	return ticket
}
