package bottest_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/runner"
	"careline/store"
	"careline/store/storetest"

	"github.com/prometheus/client_golang/prometheus"
)

// halting is a store that lets something else happen in the middle of what is decided in it: between the look at the
// visit and the note of what was decided about it, or just when that is committed.
type halting struct {
	store.Store
	before, after func()
}

type halted struct {
	store.Tx
	before func()
	noted  *bool
}

func (h *halting) Tx(ctx context.Context, f func(store.Tx) error) error {
	noted := false
	err := h.Store.Tx(ctx, func(tx store.Tx) error { return f(halted{tx, h.before, &noted}) })
	if noted {
		h.after()
	}
	return err
}

func (h halted) Touch(ctx context.Context, touches []store.Touch) ([]bool, error) {
	*h.noted = true
	h.before()
	return h.Tx.Touch(ctx, touches)
}

// A visit that is cancelled by another process in the very moment in which its reminder is decided on is either
// reminded of before it is cancelled, or not at all.
func TestCancelledWhileItsReminderIsDecidedOn(t *testing.T) {
	w, before := cancelledBeside(t, func() bool { return true })
	if n := len(w.Phones.Told("chat0")); before && n > 0 || n > 1 { // one that was put just before may still be taken back
		t.Errorf("cancelled before the reminder was put: %t; they were told %d messages", before, n)
	}
	if got := outcomes(t, w.Store, "reminder_hours", "v0")["v0"]; before == (got == store.Sent) {
		t.Errorf("cancelled before the reminder was put: %t; it ended %q", before, got)
	}
}

// A reminder that is put in that moment and that nobody has in hand yet is taken back.
func TestCancelledWhileItsReminderIsPut(t *testing.T) {
	w, _ := cancelledBeside(t, func() bool { return false })
	err := w.Store.Read(t.Context(), func(tx store.Tx) error {
		n, err := storetest.OutDepth(t.Context(), tx)
		if n > 0 {
			t.Errorf("%d messages about a visit that was cancelled are still to be sent", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A reminder that a server has in hand is not sent any more.
func TestCancelledWhileItsReminderIsInHand(t *testing.T) {
	halt := &halting{Store: bottest.SQLite(t), before: func() {}}
	w := bottest.New(t, halt, "server")
	desk := bottest.New(t, halt.Store, "desk")
	halt.after = func() {
		if err := cancel(t, desk); err != nil {
			t.Error(err)
		}
	}
	guests(t, w, 1, tomorrow())
	w.Clock.Advance(26 * time.Hour)
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told := w.Phones.Told("chat0"); len(told) > 0 {
		t.Errorf("they were told %v", told)
	}
}

// cancelledBeside lets the desk cancel a visit while a server, that may have messages in hand if it is alive, decides
// on its reminder. It reports whether the visit was cancelled before that was noted.
func cancelledBeside(t *testing.T, alive func() bool) (w *bottest.World, before bool) {
	t.Helper()
	db, raw := openPostgres(t)
	halt := &halting{Store: db, after: func() {}}
	w, desk := bottest.New(t, halt, "server"), bottest.New(t, db, "desk")
	parts := w.Runner.Parts
	parts.Store, parts.Alive, parts.Metrics = halt, alive, runner.NewMetrics(prometheus.NewRegistry())
	w.Runner = runner.New(parts)
	guests(t, desk, 1, tomorrow())
	w.Clock.Advance(26 * time.Hour)
	desk.Clock.Advance(26 * time.Hour)
	cancelled := make(chan error, 1)
	halt.before = func() {
		halt.before = func() {}
		go func() { cancelled <- cancel(t, desk) }()
		select {
		case err := <-cancelled:
			before = true
			cancelled <- err
		case <-waits(t, raw):
		}
	}
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-cancelled; err != nil {
		t.Fatal(err)
	}
	return w, before
}

// cancel is what the desk does to the visit.
func cancel(t *testing.T, w *bottest.World) error {
	return w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		found, err := tx.AppointmentsByID(t.Context(), []string{"v0"})
		if err != nil {
			return err
		}
		found[0].Status = store.StatusCancelled
		return tx.SaveAppointments(t.Context(), found)
	})
}

// waits is closed as soon as somebody in the database waits for a lock.
func waits(t *testing.T, raw *sql.DB) <-chan struct{} {
	locked := make(chan struct{})
	go func() {
		defer close(locked)
		for n := 0; n == 0 && t.Context().Err() == nil; {
			if err := raw.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n); err != nil {
				return
			}
		}
	}()
	return locked
}
