package runner_test

import (
	"context"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/store"
)

// A talk of many answers sets few timers, and is woken in time all the same.
func TestAnswersLeaveTheTimerThatWillDo(t *testing.T) {
	counted := &counted{Store: bottest.SQLite(t)}
	w := bottest.New(t, counted, "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "меню") // from here on nothing begins by itself sooner than they may come back to it
	counted.timers = 0
	for range 10 {
		w.Clock.Advance(time.Second)
		w.Says("anna", "цены")
		w.Says("anna", "меню")
	}
	if counted.timers > 2 {
		t.Errorf("%d timers were set by twenty answers within ten seconds", counted.timers)
	}
	told := len(w.Phones.Told("anna"))
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(30*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(w.Phones.Told("anna")) == told {
		t.Error("the question that waits for a month was never come back to")
	}
}

type counted struct {
	store.Store
	timers int
}

func (c *counted) Tx(ctx context.Context, f func(store.Tx) error) error {
	return c.Store.Tx(ctx, func(tx store.Tx) error { return f(countedTx{tx, c}) })
}

type countedTx struct {
	store.Tx
	store *counted
}

func (c countedTx) SetTimers(ctx context.Context, timers []store.Timer) error {
	c.store.timers += len(timers)
	return c.Tx.SetTimers(ctx, timers)
}
