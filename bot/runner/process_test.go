package runner_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// The clocks of two processes differ a little: what fires by the one is not too early by the other, for
// nothing would fire it again.
func TestATimerThatFiredByAnotherClockIsNotLost(t *testing.T) {
	db := bottest.SQLite(t)
	ahead, behind := bottest.New(t, db, "a"), bottest.New(t, db, "b")
	ahead.Says("anna", "/start")
	ahead.Taps("anna", "Даю согласие")
	ahead.Taps("anna", "Болит или беспокоит")
	ahead.Taps("anna", "Даю согласие")
	ahead.Says("anna", "болит спина")
	ahead.Clock.Advance(9 * time.Second)
	if n, err := ahead.Runner.Fire(t.Context()); n != 1 || err != nil {
		t.Fatalf("fired %d, %v; want the end of the story", n, err)
	}
	settle(t, behind)
	behind.Clock.Advance(10 * time.Second)
	settle(t, behind)
	if len(behind.Phones.Told("anna")) == 0 {
		t.Error("the story never ends")
	}
}

// A message that the network has taken is noted as sent though the stop comes before the note.
func TestWhatWasSentWhenTheTimeToStopRanOutIsNotSentAgain(t *testing.T) {
	db := bottest.SQLite(t)
	a := bottest.New(t, db, "a")
	if err := a.Runner.Accept(t.Context(), a.Write("anna", "/start")); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	a.Phones.Fail = func(channels.Address, channels.Outgoing) error { stop(); return nil }
	if err := a.Runner.Settle(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("settling ended with %v", err)
	}
	b := bottest.New(t, db, "b")
	b.Clock.Advance(time.Hour) // whatever was claimed is free again
	settle(t, b)
	if told := append(a.Phones.Told("anna"), b.Phones.Told("anna")...); len(told) != 2 {
		t.Errorf("Anna was told %d messages, want the greeting and one question", len(told))
	}
}

// A message that was worth sending until a moment is not sent after it, and holds up nothing.
func TestAMessageThatComesTooLateIsLeftOut(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	heard := len(w.Phones.Told("anna"))
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", "anna")
		if err != nil {
			return err
		}
		message := func(id, text string, until time.Time) store.Output {
			return store.Output{
				ID: id, ContactID: c.ID, Channel: c.Channel, Chat: c.Chat, Class: "service", Payload: []byte(`{"text":"` + text + `"}`),
				CreatedAt: w.Clock.Now(), NotAfter: until,
			}
		}
		return tx.Put(t.Context(), []store.Output{
			message("1", "late", w.Clock.Now().Add(time.Hour)), message("2", "timely", w.Clock.Now().Add(3*time.Hour)),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Hour)
	settle(t, w)
	if told := w.Phones.Told("anna")[heard:]; len(told) != 1 || told[0].Text != "timely" {
		t.Errorf("Anna was told %q", texts(told))
	}
	read(t, w, func(tx store.Tx) error {
		tickets, err := tx.TicketList(t.Context(), nil, 10)
		if len(tickets) != 0 {
			t.Errorf("somebody is to look at it: %+v", tickets)
		}
		return err
	})
}

// An answer that lay for a week, because its messenger or all of careline was off, is not sent but looked at.
func TestAnAnswerOfLastWeekIsWorkForAHuman(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	if err := w.Runner.Accept(t.Context(), w.Write("anna", "/start")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Runner.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(7 * 24 * time.Hour)
	settle(t, w)
	if told := strings.Join(texts(w.Phones.Told("anna")), ""); told != "" {
		t.Errorf("Anna was told %q", told)
	}
	read(t, w, func(tx store.Tx) error {
		tickets, err := tx.TicketList(t.Context(), nil, 10)
		if len(tickets) != 1 || tickets[0].Kind != "undelivered" {
			t.Errorf("tickets: %+v", tickets)
		}
		return err
	})
}

// A network that asks us to slow down is obeyed to the second, and other chats go on.
func TestAThrottledMessageWaitsAsLongAsItIsAskedTo(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	asked := 0
	w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
		if to.Chat != "anna" {
			return nil
		}
		if asked++; asked > 1 {
			return nil
		}
		return &channels.Error{Kind: channels.Throttled, Code: "429", RetryAfter: 37 * time.Second}
	}
	if err := w.Runner.Accept(t.Context(), w.Write("anna", "/start"), w.Write("boris", "/start")); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	w.Clock.Advance(36 * time.Second)
	settle(t, w)
	if anna, boris := len(w.Phones.Told("anna")), len(w.Phones.Told("boris")); anna != 0 || asked != 1 || boris != 2 {
		t.Fatalf("Anna was told %d messages in %d tries, Boris %d", anna, asked, boris)
	}
	w.Clock.Advance(time.Second)
	settle(t, w)
	if n := len(w.Phones.Told("anna")); n != 2 {
		t.Errorf("Anna was told %d messages, want both", n)
	}
}

// What was said three years ago is gone; what was said since, and what still waits, is not.
func TestOldTalkIsSweptAway(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	before := len(history(t, w, "anna"))
	w.Clock.Advance(364 * 24 * time.Hour)
	if _, err := w.Runner.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(history(t, w, "anna")); n != before {
		t.Errorf("%d of %d lines are left within the year", n, before)
	}
	w.Clock.Advance(3 * 366 * 24 * time.Hour)
	w.Says("anna", "меню")
	if _, err := w.Runner.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := history(t, w, "anna")
	if len(left) == 0 || !left[0].Incoming {
		t.Errorf("want only what was said now, got %d lines, the first incoming: %v", len(left), len(left) > 0 && left[0].Incoming)
	}
}
