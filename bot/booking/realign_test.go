package booking

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// law makes the branch's clock show so many hours more than Greenwich's.
func law(c *Clinic, hours int) { c.Branches[0].Zone = time.FixedZone("Test/Zone", hours*3600) }

func (f *front) realign() (stuck []string) {
	f.Helper()
	stuck, err := f.Realign(f.Context(), f.db, f.now)
	f.must(err)
	return stuck
}

// diary is what the branch's clock shows of coming visits, and how often each was moved.
func (f *front) diary() string {
	f.Helper()
	var out []string
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		list, err := tx.AppointmentsBetween(ctx, "main", f.now, f.now.AddDate(1, 0, 0))
		for _, a := range list {
			for i, p := range a.Parts {
				if i == 0 && !p.Start.Equal(a.Start) || p.End.After(a.End) {
					f.Errorf("parts %v of a visit at %v", a.Parts, a.Start)
				}
			}
			out = append(out, a.Start.In(f.Clinic.Branches[0].Zone).Format("02 15:04")+strings.Repeat("+", a.Sequence))
		}
		return err
	}))
	return strings.Join(out, " ")
}

func TestVisitsStayAtTheHourThatWasPromisedWhenTheLawMovesTheClock(t *testing.T) {
	c := clinic(t)
	law(c, 3)
	onBoth(t, c, at(t, c, "2027-03-01 08:00"), func(f *front) {
		law(c, 3)
		anna := f.arrive("Anna")
		var visits []string
		for i, s := range f.on(anna, "2027-03-02") {
			m := f.arrive(fmt.Sprint("P", i))
			if v, err := f.book(m, s, ""); err == nil { // every second time overlaps the one before
				visits = append(visits, v.ID)
			}
		}
		before := f.diary()
		if len(visits) < 8 || !strings.HasPrefix(before, "02 09:00 02 09:40") {
			f.Fatalf("booked %s", before)
		}
		f.realign()
		if after := f.diary(); after != before {
			f.Fatalf("moved without a reason to %s", after)
		}
		moved := before
		for _, hours := range []int{4, 2, 14, -11} {
			law(c, hours)
			if f.diary() == moved {
				f.Fatal("the clock was not changed")
			}
			if stuck := f.realign(); len(stuck) > 0 {
				f.Fatalf("stuck: %v", stuck)
			}
			moved = strings.ReplaceAll(moved+" ", " 02", "+ 02")
			moved = strings.TrimSuffix(moved, " ") + "+"
			if got := f.diary(); got != moved {
				f.Fatalf("at %+d: %s, want %s", hours, got, moved)
			}
			f.realign()
			if got := f.diary(); got != moved {
				f.Fatalf("twice is not once: %s", got)
			}
		}
		var told int
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			events, err := tx.EventsSince(ctx, 0, 1000)
			for _, e := range events {
				if e.Name == "visit.realigned" {
					told++
				}
			}
			return err
		}))
		if told != 4*len(visits) {
			f.Errorf("told %d times", told)
		}
	})
}

func TestAVisitThatCannotStayAtItsHourIsToldAndTriedAgain(t *testing.T) {
	c := clinic(t)
	law(c, 3)
	onBoth(t, c, at(t, c, "2027-03-01 08:00"), func(f *front) {
		law(c, 3)
		anna, boris := f.arrive("Anna"), f.arrive("Boris")
		slots := f.on(anna, "2027-03-02")
		visit, err := f.book(anna, slots[3], "") // at ten
		f.must(err)
		start := visit.Start.At
		// Boris has an hour of which nobody wrote down what he was told.
		other := store.Appointment{
			ID: newID(), PatientID: boris.Patient, Service: "consult", Branch: "main", Status: store.StatusBooked,
			Start: start.Add(-time.Hour), End: start.Add(-30 * time.Minute), CreatedAt: f.now, UpdatedAt: f.now, StatusAt: f.now,
			Parts: []store.Part{{Practitioner: "ann", Start: start.Add(-time.Hour), End: start.Add(-30 * time.Minute)}},
		}
		f.must(f.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, other, f.now) }))
		law(c, 4)
		for range 2 {
			if stuck := f.realign(); !slices.Equal(stuck, []string{visit.ID}) {
				f.Fatalf("stuck: %v", stuck)
			}
		}
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			_, err := f.Cancel(ctx, tx, Matter{Staff: true}, other.ID, "", f.now)
			return err
		}))
		if stuck := f.realign(); len(stuck) > 0 {
			f.Errorf("stuck still: %v", stuck)
		}
	})
}

// Years pass without a law, with leap days and nights that are an hour shorter or longer: nothing is moved.
func TestOrdinaryChangesOfTheClockMoveNothing(t *testing.T) {
	c := clinic(t)
	f := open(t)
	f.Clinic = c
	for _, day := range []string{"2027-03-26 10:00", "2027-10-29 10:00", "2027-12-31 10:00", "2028-02-28 10:00"} {
		f.now = at(t, c, day)
		m := f.arrive(day)
		slots, _ := f.offer(m, Ask{Service: "consult", Count: 20})
		_, err := f.book(m, slots[len(slots)-1], "")
		f.must(err)
		if f.realign(); strings.Contains(f.diary(), "+") {
			t.Errorf("after %s: %s", day, f.diary())
		}
	}
}
