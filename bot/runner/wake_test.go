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
	var set int
	w := bottest.New(t, within{bottest.SQLite(t), func(tx store.Tx) store.Tx { return counted{tx, &set} }}, "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "меню") // from here on nothing begins by itself sooner than they may come back to it
	set = 0
	for range 10 {
		w.Clock.Advance(time.Second)
		w.Says("anna", "цены")
		w.Says("anna", "меню")
	}
	if set > 2 {
		t.Errorf("%d timers were set by twenty answers within ten seconds", set)
	}
	told := len(w.Phones.Told("anna"))
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(30*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(w.Phones.Told("anna")) == told {
		t.Error("the question that waits for a month was never come back to")
	}
}

// counted counts the timers that are set.
type counted struct {
	store.Tx
	timers *int
}

func (c counted) SetTimers(ctx context.Context, timers []store.Timer) error {
	*c.timers += len(timers)
	return c.Tx.SetTimers(ctx, timers)
}
