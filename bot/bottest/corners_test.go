package bottest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/journey"
	"careline/bot/runner"
	"careline/dialogs"
	"careline/store"
)

// visit of a guest's at a time that may be another's too.
func visit(id, patient, contact string, start, now time.Time) store.Appointment {
	return store.Appointment{
		ID: id, PatientID: patient, ContactID: contact, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
		Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: "d " + id, Start: start, End: start.Add(time.Hour)}},
		CreatedAt: now, UpdatedAt: now, StatusAt: now,
	}
}

func record(t *testing.T, w *bottest.World, f func(store.Tx) error) {
	t.Helper()
	if err := w.Runner.Store.Tx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func pass(t *testing.T, w *bottest.World, d time.Duration) {
	t.Helper()
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(d)); err != nil {
		t.Fatal(err)
	}
}

// reminded is how often the chat was asked whether they come.
func reminded(w *bottest.World, chat string) (n int) {
	for _, m := range w.Phones.Told(chat) {
		for _, c := range m.Choices {
			if c.Label == "Придём" {
				n++
			}
		}
	}
	return n
}

// Visits of one day are told of in one message also when their reminders are due in the same moment: they begin
// together, or the quiet hours have brought both to the same evening.
func TestRemindersOfOneMomentAreOneMessage(t *testing.T) {
	for name, starts := range map[string][]time.Duration{
		"they begin together":  {3 * 24 * time.Hour, 3 * 24 * time.Hour},
		"early in the morning": {70 * time.Hour, 70*time.Hour + 30*time.Minute}, // 8:00 and 8:30 in Moscow
	} {
		t.Run(name, func(t *testing.T) {
			w := bottest.New(t, bottest.SQLite(t), "p")
			guests(t, w, 1, bottest.Monday.Add(300*time.Hour))
			record(t, w, func(tx store.Tx) error {
				for i, d := range starts {
					if err := tx.Book(t.Context(), visit(fmt.Sprint("x", i), "p0", "c0", bottest.Monday.Add(d), w.Clock.Now()), w.Clock.Now()); err != nil {
						return err
					}
				}
				return nil
			})
			pass(t, w, 58*time.Hour)
			if n := reminded(w, "chat0"); n != 1 {
				t.Errorf("they were reminded %d times", n)
			}
			if got := outcomes(t, w.Store, "reminder_day", "x0", "x1"); got["x0"] != store.Sent || got["x1"] != store.Sent {
				t.Errorf("the reminders ended %v", got)
			}
		})
	}
}

// A parent who leaves and is erased takes no plans with them about a child of whom the other parent is told.
func TestAChildOfTwoParentsIsStillRemindedOf(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 2, bottest.Monday.Add(300*time.Hour))
	now := w.Clock.Now()
	record(t, w, func(tx store.Tx) error {
		if err := tx.SavePatients(t.Context(), []store.Patient{{ID: "kid", FullName: "Мария Петрова", CreatedAt: now}}); err != nil {
			return err
		}
		for _, guardian := range []string{"p0", "p1"} {
			if err := tx.AddFamily(t.Context(), store.Kinship{Guardian: guardian, Ward: "kid", Kin: "child", Since: now}); err != nil {
				return err
			}
		}
		return tx.Book(t.Context(), visit("kids", "kid", "c0", tomorrow(), now), now)
	})
	record(t, w, func(tx store.Tx) error { return tx.Erase(t.Context(), "p0", w.Clock.Now()) })
	pass(t, w, 27*time.Hour)
	if n := reminded(w, "chat1"); n != 1 {
		t.Errorf("the other parent was reminded %d times", n)
	}
}

// Whose memory cannot be read, for memory.yaml has become another or a disk has failed, holds up nobody's plans.
func TestUnreadableMemoryHoldsUpNobody(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 2, tomorrow())
	record(t, w, func(tx store.Tx) error {
		return tx.SavePatients(t.Context(), []store.Patient{{ID: "p0", FullName: "Анна Петрова", Memory: []byte("{"), CreatedAt: w.Clock.Now()}})
	})
	if _, err := w.Runner.Journey().Release(t.Context(), w.Store); err != nil {
		t.Error(err)
	}
	record(t, w, func(tx store.Tx) error {
		found, err := tx.AppointmentsByID(t.Context(), []string{"v0"})
		if err != nil {
			return err
		}
		found[0].Status = store.StatusCancelled
		return tx.SaveAppointments(t.Context(), found)
	})
	pass(t, w, 27*time.Hour)
	if n := reminded(w, "chat1"); n != 1 {
		t.Errorf("the other patient was reminded %d times", n)
	}
}

// Two campaigns that are due in the same hour: the second waits until tomorrow, it is not lost.
func TestTheSecondCampaignOfADayComesTomorrow(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1, bottest.Monday.Add(300*time.Hour))
	now := w.Clock.Now()
	record(t, w, func(tx store.Tx) error {
		for i, hours := range []time.Duration{-27, -25} {
			a := visit(fmt.Sprint("x", i), "p0", "c0", now.Add(hours*time.Hour-48*time.Hour), now)
			a.Service, a.Status = "implant", store.StatusFulfilled
			if err := tx.Book(t.Context(), a, now); err != nil {
				return err
			}
		}
		v, err := tx.AppointmentsByID(t.Context(), []string{"v0"})
		if err != nil {
			return err
		}
		v[0].Status = store.StatusCancelled // or the series would have reached its end
		return tx.SaveAppointments(t.Context(), v)
	})
	pass(t, w, 3*24*time.Hour)
	var days []string
	for _, id := range []string{"x0", "x1"} {
		for _, touch := range about(t, w, journey.About(dialogs.AboutVisit, id)) {
			if touch.Timeline == "after_implant" {
				days = append(days, touch.Outcome+" on "+touch.At.In(dialogs.ZoneNamed("Europe/Moscow")).Format(time.DateOnly))
			}
		}
	}
	slices.Sort(days)
	if want := []string{"sent on 2026-11-24", "sent on 2026-11-25"}; !slices.Equal(days, want) {
		t.Errorf("the series began: %v, want %v", days, want)
	}
}

func about(t *testing.T, w *bottest.World, thing string) (all []store.Touch) {
	t.Helper()
	err := w.Store.Read(t.Context(), func(tx store.Tx) (err error) {
		all, err = tx.TouchesAbout(t.Context(), []string{thing})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What happens every day happens on the next one too, though the process that does it has a clock that is behind that
// of the one that fired its timer.
func TestTheNextDayByAClockThatIsBehind(t *testing.T) {
	db := bottest.SQLite(t)
	one := func(c *booking.Clinic) { c.Branches = c.Branches[:1] }
	ahead, behind := bottest.New(t, db, "ahead", one), bottest.New(t, db, "behind", one)
	if _, err := ahead.Runner.Journey().Release(t.Context(), ahead.Runner.Store); err != nil {
		t.Fatal(err)
	}
	for end := ahead.Clock.Now().Add(72 * time.Hour); ; {
		next, err := ahead.Runner.NextDue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if next.IsZero() || next.After(end) {
			break
		}
		ahead.Clock.Advance(next.Sub(ahead.Clock.Now()))
		if _, err := ahead.Runner.Fire(t.Context()); err != nil {
			t.Fatal(err)
		}
		behind.Clock.Advance(next.Add(-time.Second).Sub(behind.Clock.Now()))
		if err := behind.Runner.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := ahead.Runner.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var days []string
	for _, touch := range about(t, ahead, "branch/moscow") {
		days = append(days, touch.Moment.Format(time.DateOnly))
	}
	if want := []string{"2026-11-24", "2026-11-25", "2026-11-26"}; !slices.Equal(days, want) {
		t.Errorf("the summary came on %v, want %v", days, want)
	}
}

// advised has one patient whose recall was due and was sent, and who answers with the word on the button, if any.
func advised(t *testing.T) *bottest.World {
	t.Helper()
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1, bottest.Monday.Add(2*time.Hour))
	record(t, w, func(tx store.Tx) error {
		consent := store.Consent{PatientID: "p0", Kind: "advertising", Given: true, Version: "1", Language: "ru", Channel: "test", ContactID: "c0", At: w.Clock.Now()}
		return tx.RecordConsents(t.Context(), []store.Consent{consent})
	})
	pass(t, w, 4*time.Hour)
	record(t, w, func(tx store.Tx) error {
		found, err := tx.AppointmentsByID(t.Context(), []string{"v0"})
		if err != nil {
			return err
		}
		found[0].Status, found[0].StatusAt, found[0].UpdatedAt = store.StatusFulfilled, w.Clock.Now(), w.Clock.Now()
		return tx.SaveAppointments(t.Context(), found)
	})
	return w
}

// Who asks to be told in a quarter of a year is, though the rule would say it earlier and is not heard then.
func TestWhatWasAskedForLaterIsNotOvertakenByTheRule(t *testing.T) {
	w := advised(t)
	thing := journey.About(dialogs.AboutPatient, "p0")
	sent := func() (n int) {
		for _, touch := range about(t, w, thing) {
			if touch.Timeline == "reactivation" && touch.Outcome == store.Sent {
				n++
			}
		}
		return n
	}
	for end := w.Clock.Now().AddDate(1, 0, 0); sent() == 0 && w.Clock.Now().Before(end); {
		pass(t, w, 24*time.Hour)
	}
	if sent() != 1 {
		t.Fatalf("the reactivation: %v", about(t, w, thing))
	}
	until := w.Clock.Now().Add(90 * 24 * time.Hour)
	record(t, w, func(tx store.Tx) error {
		if err := w.Runner.Journey().Postpone(t.Context(), tx, "c0", "p0", "timeline reactivation", until, w.Clock.Now()); err != nil {
			return err
		}
		return tx.Snooze(t.Context(), "p0", until)
	})
	pass(t, w, 100*24*time.Hour)
	if n := sent(); n != 2 {
		t.Errorf("they heard of it %d times, want 2: %v", n, about(t, w, thing))
	}
}

// Peace that was asked for a child is kept towards the parent who reads of the child.
func TestPeaceForAChildIsKept(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 1, bottest.Monday.Add(300*time.Hour))
	now := w.Clock.Now()
	record(t, w, func(tx store.Tx) error {
		if err := tx.SavePatients(t.Context(), []store.Patient{{ID: "kid", FullName: "Мария Петрова", CreatedAt: now}}); err != nil {
			return err
		}
		if err := tx.AddFamily(t.Context(), store.Kinship{Guardian: "p0", Ward: "kid", Kin: "child", Since: now}); err != nil {
			return err
		}
		a := visit("kids", "kid", "c0", now.Add(-75*time.Hour), now)
		a.Service, a.Status = "implant", store.StatusFulfilled
		if err := tx.Book(t.Context(), a, now); err != nil {
			return err
		}
		return tx.Snooze(t.Context(), "kid", now.Add(30*24*time.Hour))
	})
	pass(t, w, 2*24*time.Hour)
	if got := outcomes(t, w.Store, "after_implant", "kids")["kids"]; got != journey.Snoozed {
		t.Errorf("the series ended %q, want %q", got, journey.Snoozed)
	}
}

// Variants in another order are other people's: what the test decides is planned again.
func TestVariantsInAnotherOrder(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "p")
	guests(t, w, 20, bottest.Monday.Add(100*time.Hour))
	if _, err := w.Runner.Journey().Release(t.Context(), w.Store); err != nil {
		t.Fatal(err)
	}
	planner := *w.Runner.Journey()
	scripts, rules := *planner.Scripts, *planner.Scripts.Journey
	test := *rules.Tests["reminder_time"]
	test.Variants = []string{"b", "a"}
	rules.Tests = maps.Clone(rules.Tests)
	rules.Tests["reminder_time"] = &test
	scripts.Journey, planner.Scripts = &rules, &scripts
	if n, err := planner.Release(t.Context(), w.Store); err != nil || n != 20 {
		t.Errorf("%d reminders were planned again (%v), want all 20", n, err)
	}
}

// A campaign about a chat that waits, for a question is open there, is not forgotten when something else happens in the
// chat meanwhile.
func TestWhatWaitsInAChatOutlivesAStep(t *testing.T) {
	f := bottest.Folder(t, "")
	for _, timeline := range f.Scripts.Journey.Timelines {
		if timeline.Name == "welcome_nudge" {
			timeline.Class, timeline.Late = dialogs.CareClass, 24*time.Hour
		}
	}
	w := bottest.New(t, bottest.SQLite(t), "p")
	w.Play(f, func(*runner.Parts) {})
	guests(t, w, 1, w.Clock.Now().Add(3*time.Hour)) // whether they came is asked after the end, from this chat
	w.Says("chat0", "записаться")
	pass(t, w, 26*time.Hour)
	if got := w.Phones.Last("chat0"); !strings.Contains(got, "не закончили запись") {
		t.Errorf("a day later they read %q", got)
	}
}
