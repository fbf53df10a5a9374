package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/store"
)

// called is a world in which Anna has just called for a human, on Monday at 10:00.
func called(t *testing.T) *bottest.World {
	t.Helper()
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Says("anna", "оператор")
	return w
}

func TestACallThatNobodyAnswersGoesBackToTheBotAndStaysOpen(t *testing.T) {
	w := called(t)
	ticket := only(t, w)
	if want := bottest.Monday.Add(15 * time.Minute); !ticket.Deadline.Equal(want) || ticket.State != "open" {
		t.Errorf("the ticket is %+v, want a deadline at %v", ticket, want)
	}
	told := len(w.Phones.Told("anna"))
	pass(t, w, 14*time.Minute)
	if now := len(w.Phones.Told("anna")); now != told {
		t.Errorf("the bot speaks before the deadline: %q", w.Phones.Last("anna"))
	}
	pass(t, w, 2*time.Minute)
	if len(w.Phones.Told("anna")) == told {
		t.Error("nobody tells Anna that the human is late")
	}
	if ticket := only(t, w); ticket.State != "open" || ticket.Task != 0 {
		t.Errorf("who comes late finds %+v", ticket)
	}
	told = len(w.Phones.Told("anna"))
	pass(t, w, 24*time.Hour)
	for _, m := range w.Phones.Told("anna")[told:] {
		if strings.Contains(m.Text, "не ответил") {
			t.Errorf("told twice: %q", m.Text)
		}
	}
}

func TestACallThatIsAnsweredInTimeIsTheHumans(t *testing.T) {
	w := called(t)
	pass(t, w, 10*time.Minute)
	turn(t, w, desk.Turn{Do: desk.Reply, Author: "Мария", Text: "Слушаю вас"})
	if w.Phones.Last("anna") != "Слушаю вас" {
		t.Errorf("Anna was told %q", w.Phones.Last("anna"))
	}
	if ticket := only(t, w); ticket.State != "taken" || ticket.TakenBy != "Мария" {
		t.Errorf("the ticket is %+v", ticket)
	}
	pass(t, w, 8*time.Hour)
	w.Says("anna", "а с температурой можно?")
	if w.Phones.Last("anna") != "Слушаю вас" {
		t.Errorf("the bot speaks beside the human: %q", w.Phones.Last("anna"))
	}
	turn(t, w, desk.Turn{Do: desk.Return})
	if open := tickets(t, w); len(open) != 0 || w.Phones.Last("anna") == "Слушаю вас" {
		t.Errorf("after the return %+v are open, Anna was told %q", open, w.Phones.Last("anna"))
	}
	told := len(w.Phones.Told("anna"))
	w.Says("anna", "цены")
	if len(w.Phones.Told("anna")) == told {
		t.Error("the bot does not answer again")
	}
}

func TestClosingEndsTheMatter(t *testing.T) {
	w := called(t)
	turn(t, w, desk.Turn{Do: desk.Reply, Author: "Мария", Text: "Всё решили"})
	turn(t, w, desk.Turn{Do: desk.Close})
	if open := tickets(t, w); len(open) != 0 {
		t.Errorf("%+v are open", open)
	}
	told := len(w.Phones.Told("anna"))
	pass(t, w, time.Hour)
	if len(w.Phones.Told("anna")) != told {
		t.Errorf("the deadline of a closed ticket fires: %q", w.Phones.Last("anna"))
	}
}

// A danger does not wait for the morning.
func TestAnAlarmAtNightIsDueInMinutes(t *testing.T) {
	w := called(t)
	night := bottest.Monday.Add(13 * time.Hour) // 23:00 in Moscow
	alarm, plain := opened(t, w, night, desk.Alarm), opened(t, w, night, desk.Normal)
	if want := night.Add(5 * time.Minute); !alarm.Deadline.Equal(want) {
		t.Errorf("the alarm is due at %v, want %v", alarm.Deadline, want)
	}
	if want := night.Add(9*time.Hour + 15*time.Minute); !plain.Deadline.Equal(want) {
		t.Errorf("the plain ticket is due at %v, want %v", plain.Deadline, want)
	}
}

// Of two tickets the deadline of one settles that one; a human's turn settles both.
func TestTwoTicketsAtOnce(t *testing.T) {
	w := called(t)
	second := opened(t, w, w.Clock.Now(), desk.High)
	d := theDesk()
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		tasks, outcome, err := d.Ended(ctx, tx, contact.ID, desk.Turn{Do: desk.Unanswered, Ticket: second.ID}, w.Clock.Now())
		if len(tasks) != 1 || tasks[0] != 7 || outcome != "unanswered" {
			t.Errorf("the deadline of the second ends %v with %q", tasks, outcome)
		}
		return err
	})
	if open := tickets(t, w); len(open) != 2 {
		t.Fatalf("%d are open, want both", len(open))
	}
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		tasks, outcome, err := d.Ended(ctx, tx, contact.ID, desk.Turn{Do: desk.Return}, w.Clock.Now())
		if len(tasks) != 1 || tasks[0] == 7 || outcome != "returned" {
			t.Errorf("the return ends %v with %q; the second was told already", tasks, outcome)
		}
		return err
	})
	if open := tickets(t, w); len(open) != 0 {
		t.Errorf("%+v are open after the return", open)
	}
}

func theDesk() *desk.Desk {
	n := 0
	return &desk.Desk{Hours: func(string) desk.Hours { return constant(true) }, Promise: 15 * time.Minute, Alarm: 5 * time.Minute, IDs: func() string {
		n++
		return "desk-" + strings.Repeat("i", n)
	}}
}
