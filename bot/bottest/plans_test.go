package bottest_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// guests lets people with a chat and their consents have a visit at start.
func guests(t *testing.T, w *bottest.World, n int, start time.Time) {
	t.Helper()
	now := w.Clock.Now()
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		for i := range n {
			c := store.Contact{ID: fmt.Sprint("c", i), PatientID: fmt.Sprint("p", i), Channel: "test", Chat: fmt.Sprint("chat", i), Language: "ru", CreatedAt: now}
			if _, err := tx.Meet(t.Context(), []store.Contact{c}); err != nil {
				return err
			}
			if err := tx.SavePatients(t.Context(), []store.Patient{{ID: c.PatientID, FullName: "Анна Петрова", Phone: "+79123456789", CreatedAt: now}}); err != nil {
				return err
			}
			consent := store.Consent{PatientID: c.PatientID, Kind: "personal", Given: true, Version: "1", Language: "ru", Channel: "test", ContactID: c.ID, At: now}
			if err := tx.RecordConsents(t.Context(), []store.Consent{consent}); err != nil {
				return err
			}
			a := store.Appointment{
				ID: fmt.Sprint("v", i), PatientID: c.PatientID, ContactID: c.ID, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
				Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: fmt.Sprint("d", i), Start: start, End: start.Add(time.Hour)}},
				CreatedAt: now, UpdatedAt: now, StatusAt: now,
			}
			if err := tx.Book(t.Context(), a, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// outcomes of a timeline by the visit that it was about.
func outcomes(t *testing.T, db store.Store, timeline string, visits ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := db.Read(t.Context(), func(tx store.Tx) error {
		for _, id := range visits {
			touches, err := tx.TouchesAbout(t.Context(), []string{journey.About(dialogs.AboutVisit, id)})
			if err != nil {
				return err
			}
			for _, touch := range touches {
				if touch.Timeline == timeline {
					found[id] = touch.Outcome
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func tomorrow() time.Time { return bottest.Monday.Add(28 * time.Hour) } // Tuesday, 14:00 in Moscow

// Two processes on one database that fire the same timers at the same moment remind everybody once.
func TestTwoReplicasRemindOnce(t *testing.T) {
	db := bottest.Postgres(t)
	first, second := bottest.New(t, db, "first"), bottest.New(t, db, "second")
	guests(t, first, 40, tomorrow())
	for _, w := range []*bottest.World{first, second} {
		w.Clock.Advance(26 * time.Hour)
	}
	var both sync.WaitGroup
	for _, w := range []*bottest.World{first, second} {
		both.Go(func() {
			if err := w.Runner.Settle(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	for i := range 40 {
		chat := fmt.Sprint("chat", i)
		reminders := 0
		for _, m := range append(first.Phones.Told(chat), second.Phones.Told(chat)...) {
			for _, c := range m.Choices {
				if c.Label == "Придём" {
					reminders++
				}
			}
		}
		if reminders != 1 {
			t.Errorf("%s was reminded %d times", chat, reminders)
		}
	}
}

// Who has blocked us is not written to; where they have another chat, they are written to there.
func TestABlockedChatAtTheMomentOfAReminder(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 2, tomorrow())
	other := store.Contact{ID: "other", PatientID: "p1", Channel: "test", Chat: "other", Language: "ru", CreatedAt: w.Clock.Now().Add(-time.Hour)}
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		if _, err := tx.Meet(t.Context(), []store.Contact{other}); err != nil {
			return err
		}
		for _, contact := range []string{"c0", "c1"} {
			if err := tx.Blocked(t.Context(), contact, w.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(26 * time.Hour)
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	got := outcomes(t, w.Store, "reminder_hours", "v0", "v1")
	if got["v0"] != journey.Blocked || got["v1"] != store.Sent {
		t.Errorf("the reminders ended %v", got)
	}
	if told := w.Phones.Told("other"); len(told) == 0 {
		t.Error("the other chat was told nothing")
	}
	if n := len(w.Phones.Told("chat0")) + len(w.Phones.Told("chat1")); n != 0 {
		t.Errorf("those who have blocked us were sent %d messages", n)
	}
}

// A patient who is erased leaves no plans behind, and nothing is said to them any more.
func TestAnErasedPatientHasNoPlans(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1, tomorrow())
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.Erase(t.Context(), "p0", w.Clock.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	if next, err := w.Runner.NextDue(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("something is still due at %v (%v)", next, err)
	}
	w.Clock.Advance(48 * time.Hour)
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told := w.Phones.Told("chat0"); len(told) != 0 {
		t.Errorf("they were told %v", told)
	}
}

// A timeline that is taken out of the file ends with all its plans, however many; one that is put in is planned for
// those who have been waiting.
func TestAnotherJourney(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1200, tomorrow())
	without := *w.Runner.Journey()
	scripts := *without.Scripts
	rest := *scripts.Journey
	rest.Timelines = nil
	for _, timeline := range scripts.Journey.Timelines {
		if timeline.Name != "reminder_hours" {
			rest.Timelines = append(rest.Timelines, timeline)
		}
	}
	scripts.Journey, without.Scripts = &rest, &scripts
	standing := func() (n int) {
		t.Helper()
		var about []string
		for i := range 1200 {
			about = append(about, journey.About(dialogs.AboutVisit, fmt.Sprint("v", i)))
		}
		err := w.Store.Read(t.Context(), func(tx store.Tx) error {
			timers, err := tx.TimersAbout(t.Context(), about)
			for _, timer := range timers {
				if plan, err := journey.ReadPlan(timer.Payload); err == nil && plan.Timeline == "reminder_hours" {
					n++
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	release := func(p *journey.Planner) {
		t.Helper()
		if _, err := p.Release(t.Context(), w.Store); err != nil {
			t.Fatal(err)
		}
	}
	release(w.Runner.Journey())
	if n := standing(); n != 1200 {
		t.Fatalf("%d reminders stand planned, not 1200", n)
	}
	release(&without)
	if n := standing(); n != 0 {
		t.Errorf("%d reminders stand planned without their timeline", n)
	}
	release(w.Runner.Journey())
	if n := standing(); n != 1200 {
		t.Errorf("%d reminders stand planned again, not 1200", n)
	}
}

// While a human has the chat the bot says nothing, and leaves to the human what was due.
func TestAHumanIsToldOfAReminderThatTheBotCouldNotGive(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1, tomorrow())
	w.Clock.Advance(24 * time.Hour)
	w.Says("chat0", "оператор")
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		answer := desk.Turn{Do: desk.Reply, Author: "administrator", Text: "Добрый день! Чем помочь?"}
		return desk.Submit(t.Context(), tx, "c0", w.ID(), answer, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := len(w.Phones.Told("chat0"))
	if err := w.Runner.PassTo(t.Context(), w.Clock, tomorrow().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if told := w.Phones.Told("chat0")[before:]; len(told) != 0 {
		t.Errorf("the bot spoke beside the human: %v", told)
	}
	var kinds []string
	err = w.Store.Read(t.Context(), func(tx store.Tx) error {
		open, err := tx.TicketsOf(t.Context(), "c0")
		for _, ticket := range open {
			kinds = append(kinds, ticket.Kind)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(kinds, "untold") {
		t.Errorf("the reminder ended %v, the desk has %v", outcomes(t, w.Store, "reminder_hours", "v0"), kinds)
	}
}

// Of two invitations that are due at one moment the one that stands higher in the file is sent, whatever their names.
func TestTheHigherTimelineGoesFirst(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	planner := w.Runner.Journey()
	scripts := *planner.Scripts
	more := *scripts.Journey
	more.Timelines = slices.Clone(more.Timelines)
	at := slices.IndexFunc(more.Timelines, func(t *dialogs.Timeline) bool { return t.Name == "recall" })
	lower := *more.Timelines[at]
	lower.Name = "a_recall"
	more.Timelines = slices.Insert(more.Timelines, at+1, &lower)
	scripts.Journey, planner.Scripts = &more, &scripts
	guests(t, w, 1, tomorrow())
	w.Clock.Advance(30 * time.Hour)
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		now := w.Clock.Now()
		visits, err := tx.AppointmentsByID(t.Context(), []string{"v0"})
		if err != nil {
			return err
		}
		visits[0].Status, visits[0].StatusAt = store.StatusFulfilled, now
		if err := tx.SaveAppointments(t.Context(), visits); err != nil {
			return err
		}
		return tx.RecordConsents(t.Context(), []store.Consent{{
			PatientID: "p0", Kind: "advertising", Given: true, Version: "1", Language: "ru", Channel: "test", ContactID: "c0", At: now,
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(181*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	first, second := outcomes(t, w.Store, "recall", "v0")["v0"], outcomes(t, w.Store, "a_recall", "v0")["v0"]
	if first != store.Sent || second == store.Sent {
		t.Errorf("the higher one ended %q, the lower one %q", first, second)
	}
}
