package booking

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// onBoth runs a story on both databases.
func onBoth(t *testing.T, c *Clinic, start time.Time, story func(f *front)) {
	run := func(t *testing.T, db store.Store) {
		story(&front{T: t, Reception: &Reception{Clinic: c, IDs: newID}, db: db, now: start})
	}
	t.Run("sqlite", func(t *testing.T) { run(t, opened(t, filepath.Join(t.TempDir(), "clinic.db"))) })
	t.Run("postgres", func(t *testing.T) {
		db, err := postgres.Open(t.Context(), storetest.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		run(t, db)
	})
}

// hourly is a clinic with one hour on weekdays: two visits.
func hourly(t *testing.T) *Clinic {
	return clinic(t, week, "        mon-fri: 10:00-11:00", "languages: [en]\n", "languages: [en]\nbooking: {step: 30m, offer_for: 30m, lead: 1h, hold: 10m}\n")
}

var consult = Ask{Service: "consult", Count: 20}

func (f *front) join(m Matter, a Ask, urgency int) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.Join(ctx, tx, m, a, urgency, f.now) }))
	f.now = f.now.Add(time.Second)
}

// placeOf is the patient's place in the waitlist.
func (f *front) placeOf(m Matter) (w store.Waiting) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		list, err := tx.PlacesOf(ctx, []string{m.Patient})
		if len(list) > 0 {
			w = list[0]
		}
		return err
	}))
	return w
}

func (f *front) foundFor(m Matter) *dialogs.Slot {
	f.Helper()
	w := f.placeOf(m)
	if w.State != offered {
		return nil
	}
	s, err := slotOf(w)
	f.must(err)
	return s
}

func (f *front) shown(m Matter) (stands bool) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		place, err := f.Shown(ctx, tx, f.placeOfIn(ctx, tx, m).ID, f.now)
		stands = place != nil
		return err
	}))
	return stands
}

func (f *front) placeOfIn(ctx context.Context, tx store.Tx, m Matter) store.Waiting {
	list, err := tx.PlacesOf(ctx, []string{m.Patient})
	f.must(err)
	return list[0]
}

func (f *front) lapse(m Matter) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		return f.Lapse(ctx, tx, f.placeOfIn(ctx, tx, m).ID, f.now)
	}))
}

func (f *front) pass(m Matter, s *dialogs.Slot) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.Pass(ctx, tx, m, s, f.now) }))
}

// on are the offered times of a day.
func (f *front) on(m Matter, day string) (out []*dialogs.Slot) {
	f.Helper()
	date := words.Date(day)
	slots, near := f.offer(m, Ask{Service: "consult", Count: 20, Wish: &words.Period{Windows: []words.Window{{From: date, To: date}}}})
	if near {
		return nil
	}
	return slots
}

// full lets Anna and Ivan have the whole of Tuesday; it is Monday morning.
func (f *front) full() (anna, ivan Matter, visits []string) {
	f.Helper()
	anna, ivan = f.arrive("Anna"), f.arrive("Ivan")
	slots := f.on(anna, "2026-11-24")
	for i, m := range []Matter{anna, ivan} {
		v, err := f.book(m, slots[i], "")
		f.must(err)
		visits = append(visits, v.ID)
	}
	return anna, ivan, visits
}

func TestAFoundTimeIsKeptForOneAtATime(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, _, visits := f.full()
		boris, vera, gleb := f.arrive("Boris"), f.arrive("Vera"), f.arrive("Gleb")
		f.join(vera, consult, 1)
		f.join(boris, consult, 0)
		_, err := f.cancel(anna, visits[0])
		f.must(err)
		if got := f.waiting(offered); got != boris.Patient {
			f.Fatalf("offered to %q", got)
		}
		slot := f.foundFor(boris)
		if free := f.on(gleb, "2026-11-24"); len(free) != 0 {
			f.Errorf("somebody else is offered %v", when(free[0]))
		}
		if _, err := f.book(gleb, slot, ""); !errors.Is(err, store.ErrTaken) {
			f.Errorf("somebody else took it: %v", err)
		}
		if free := f.on(boris, "2026-11-24"); len(free) != 1 {
			f.Error("Boris himself does not find what is kept for him")
		}

		f.now = f.now.Add(time.Hour) // the message had to wait
		if !f.shown(boris) || !f.placeOf(boris).Until.Equal(f.now.Add(30*time.Minute)) {
			f.Errorf("until %v", f.placeOf(boris).Until)
		}
		f.now = f.now.Add(29 * time.Minute)
		f.lapse(boris)
		if f.foundFor(boris) == nil {
			f.Fatal("taken away too early")
		}
		f.now = f.now.Add(time.Minute)
		f.lapse(boris)
		f.lapse(boris) // twice is once
		if got := f.waiting(offered); got != vera.Patient {
			f.Fatalf("went to %q", got)
		}
		f.pass(boris, slot) // too late a word about it changes nothing
		if f.foundFor(vera) == nil || f.foundFor(boris) != nil {
			f.Error("a late word took it from Vera")
		}
		f.pass(vera, slot)
		if got := f.waiting(offered); got != "" {
			f.Errorf("%s is offered what did not suit", got)
		}
		if got := f.waiting(waiting); got != boris.Patient+" "+vera.Patient {
			f.Errorf("still in the list: %s", got)
		}
		_, err = f.book(gleb, slot, "") // nobody in the list wants it
		f.must(err)
	})
}

func TestWhoPassesATimeIsOfferedAnother(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, ivan, visits := f.full()
		boris := f.arrive("Boris")
		f.join(boris, consult, 0)
		_, err := f.cancel(anna, visits[0])
		f.must(err)
		first := f.foundFor(boris)
		f.pass(boris, first)
		again, err := f.book(anna, first, "again")
		f.must(err)
		_, err = f.cancel(anna, again.ID)
		f.must(err)
		if f.foundFor(boris) != nil {
			f.Error("offered again what did not suit")
		}
		_, err = f.cancel(ivan, visits[1])
		f.must(err)
		if s := f.foundFor(boris); s == nil || when(s) != "Tue 24 10:30" {
			f.Errorf("the other time is not offered: %v", s)
		}
	})
}

func TestWhatWasFoundForOneWhoLeavesGoesOn(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, ivan, visits := f.full()
		boris, vera, galina := f.arrive("Boris"), f.arrive("Vera"), f.arrive("Galina")
		for i, m := range []Matter{boris, vera, galina} {
			f.join(m, consult, i)
		}
		_, err := f.cancel(anna, visits[0])
		f.must(err)
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			return f.Leave(ctx, tx, f.placeOfIn(ctx, tx, boris).ID, f.now)
		}))
		if got := f.waiting(offered); got != vera.Patient {
			f.Fatalf("went to %q", got)
		}
		// Vera books another day by herself: she waits no more, and what was kept for her goes on.
		_, err = f.book(vera, f.on(vera, "2026-11-25")[0], "")
		f.must(err)
		if got := f.waiting(offered); got != galina.Patient {
			f.Fatalf("went to %q", got)
		}
		// Galina takes it, by the button.
		s := f.foundFor(galina)
		f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.Claim(ctx, tx, galina, s, f.now) }))
		_, err = f.book(galina, s, "")
		f.must(err)
		if got := f.waiting(""); got != "" {
			f.Errorf("still in the list: %s", got)
		}
		_, err = f.cancel(ivan, visits[1])
		f.must(err)
	})
}

func TestWhoCannotBeToldLosesNobodyTheTime(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, _, visits := f.full()
		boris, vera := f.arrive("Boris"), f.arrive("Vera")
		f.join(boris, consult, 0)
		f.join(vera, consult, 1)
		_, err := f.cancel(anna, visits[0])
		f.must(err)
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			return f.Skip(ctx, tx, f.placeOfIn(ctx, tx, boris).ID, f.now)
		}))
		if got := f.waiting(offered); got != vera.Patient {
			f.Fatalf("went to %q", got)
		}
		// Nobody shows it to Vera for a day: the doctor is closed then, and nothing is told.
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			day := at(f.T, c, "2026-11-24 00:00")
			busy := store.Busy{ID: newID(), Practitioner: "ann", Start: day.Add(10 * time.Hour).UTC(), End: day.Add(10*time.Hour + 30*time.Minute).UTC()}
			return tx.CloseTime(ctx, busy)
		}))
		if f.shown(vera) || f.placeOf(vera).State != waiting {
			f.Error("told of a time that is closed")
		}
	})
}

func TestATimeThatIsTooNearIsNeitherOfferedNorTold(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, ivan, visits := f.full()
		boris := f.arrive("Boris")
		f.join(boris, consult, 0)
		f.now = at(f.T, c, "2026-11-24 07:50")
		staff := func(m Matter) Matter { m.Staff = true; return m }
		_, err := f.cancel(staff(anna), visits[0])
		f.must(err)
		f.now = at(f.T, c, "2026-11-24 09:10") // quiet hours are over, but the visit would begin in fifty minutes
		if f.shown(boris) {
			f.Error("told of a time that is too near")
		}
		_, err = f.cancel(staff(ivan), visits[1])
		f.must(err)
		if s := f.foundFor(boris); s == nil || when(s) != "Tue 24 10:30" {
			f.Errorf("10:30 is eighty minutes away: %v", s)
		}
	})
}

func TestAWholeMorningIsSharedOut(t *testing.T) {
	c := clinic(t, week, "        mon-fri: 10:00-11:30", "languages: [en]\n", "languages: [en]\nbooking: {step: 30m}\n",
		"practitioners:", "  long:\n    title: Long\n    by: dentist\n    duration: 90m\npractitioners:")
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna := f.arrive("Anna")
		slots, _ := f.offer(anna, Ask{Service: "long", Count: 5})
		i := slices.IndexFunc(slots, func(s *dialogs.Slot) bool { return when(s) == "Tue 24 10:00" })
		visit, err := f.book(anna, slots[i], "")
		f.must(err)
		var people []Matter
		for i := range 4 {
			m := f.arrive(fmt.Sprint("P", i))
			f.join(m, consult, 0)
			people = append(people, m)
		}
		_, err = f.cancel(anna, visit.ID)
		f.must(err)
		for i, want := range []string{"Tue 24 10:00", "Tue 24 10:30", "Tue 24 11:00", ""} {
			got := ""
			if s := f.foundFor(people[i]); s != nil {
				got = when(s)
			}
			if got != want {
				f.Errorf("P%d is offered %q, want %q", i, got, want)
			}
		}
	})
}

func TestWhatIsKeptForAMotherSheMayTakeForHerChild(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, ivan, visits := f.full()
		vera, child, boris := f.arrive("Vera"), f.arrive("Petya"), f.arrive("Boris")
		for i, m := range []Matter{vera, boris} {
			f.join(m, consult, i)
		}
		_, err := f.cancel(anna, visits[0])
		f.must(err)
		s := f.foundFor(vera)
		child.Contact = vera.Contact // it is booked in her chat
		_, err = f.book(child, s, "")
		f.must(err)
		if got := f.waiting(waiting); got != vera.Patient+" "+boris.Patient {
			f.Errorf("in the list: %s", got)
		}
		_, err = f.cancel(ivan, visits[1])
		f.must(err)
		if f.foundFor(vera) == nil {
			f.Error("she waits for herself no more")
		}
	})
}

func TestAVisitThatIsMovedFiveTimesLeavesNothingBehind(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		anna, _, visits := f.full()
		boris := f.arrive("Boris")
		f.join(boris, consult, 0)
		var v *dialogs.Visit
		for i := range 5 {
			day := f.on(anna, fmt.Sprint("2026-11-", 25+i%3))
			var err error
			v, err = f.move(anna, visits[0], day[0])
			f.must(err)
		}
		if v.ID != visits[0] || f.foundFor(boris) == nil || when(f.foundFor(boris)) != "Tue 24 10:00" {
			f.Errorf("moved to %v, Boris is offered %v", v.Start, f.foundFor(boris))
		}
		var busy []store.Busy
		f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
			busy, err = tx.Busy(ctx, []string{"ann"}, f.now, f.now.AddDate(0, 0, 9), f.now)
			return err
		}))
		if len(busy) != 3 { // Anna's, Ivan's, what is kept for Boris
			f.Errorf("busy %v", busy)
		}
		var a []store.Appointment
		f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
			a, err = tx.AppointmentsByID(ctx, visits[:1])
			return err
		}))
		if a[0].Sequence != 5 || a[0].Local != a[0].Start.In(c.Branches[0].Zone).Format(wall) || a[0].Confirmed {
			f.Errorf("moved five times: %+v", a[0])
		}
		// Into the past nobody moves it; only the desk says what was.
		past := f.on(anna, "2026-11-26")[0]
		f.now = at(f.T, c, "2026-11-26 12:00")
		for _, staff := range []bool{false, true} {
			m := anna
			m.Staff = staff
			_, err := f.move(m, visits[0], past)
			if staff != (err == nil) {
				f.Errorf("staff %v moved into the past: %v", staff, err)
			}
		}
	})
}

// Two cancel at the same moment, in two processes: nobody is offered both times, and neither time is lost.
func TestTwoCancelAtOnce(t *testing.T) {
	c := hourly(t)
	onBoth(t, c, at(t, c, "2026-11-23 08:00"), func(f *front) {
		for round := range 8 {
			day := f.now.AddDate(0, 0, 1).Format(time.DateOnly)
			a, b := f.arrive(fmt.Sprint("A", round)), f.arrive(fmt.Sprint("B", round))
			slots := f.on(a, day)
			if len(slots) < 2 { // a weekend
				f.now = f.now.AddDate(0, 0, 1)
				continue
			}
			first, err := f.book(a, slots[0], "")
			f.must(err)
			second, err := f.book(b, slots[1], "")
			f.must(err)
			c, d := f.arrive(fmt.Sprint("C", round)), f.arrive(fmt.Sprint("D", round))
			f.join(c, consult, 0)
			f.join(d, consult, 1)
			var both sync.WaitGroup
			for i, m := range []Matter{a, b} {
				visit := []string{first.ID, second.ID}[i]
				both.Go(func() {
					if _, err := f.cancel(m, visit); err != nil {
						f.Error(err)
					}
				})
			}
			both.Wait()
			one, two := f.foundFor(c), f.foundFor(d)
			if one == nil || two == nil || one.Start.At.Equal(two.Start.At) {
				f.Fatalf("round %d: offered %v and %v", round, one, two)
			}
			for _, m := range []Matter{c, d} {
				f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.LeaveAll(ctx, tx, m.Patient, f.now) }))
			}
			f.now = f.now.AddDate(0, 0, 1)
		}
	})
}
