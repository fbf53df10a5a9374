package booking

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
	"careline/store/sqlite"
)

// front is a reception with a real database and a clock that is moved by hand.
type front struct {
	*testing.T
	*Reception
	db  store.Store
	now time.Time
}

func opened(t *testing.T, path string) store.Store {
	t.Helper()
	db, err := sqlite.Open(path)
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
	return db
}

var ids atomic.Int64

func newID() string { return fmt.Sprintf("id-%d", ids.Add(1)) }

func open(t *testing.T) *front {
	c := sample(t)
	return &front{T: t, Reception: &Reception{Clinic: c, IDs: newID}, db: opened(t, filepath.Join(t.TempDir(), "clinic.db")), now: monday(c)}
}

// do runs f in a transaction and returns its error.
func (f *front) do(g func(ctx context.Context, tx store.Tx) error) error {
	return f.db.Tx(f.Context(), func(tx store.Tx) error { return g(f.Context(), tx) })
}

func (f *front) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// arrive is a new patient with a first task.
func (f *front) arrive(name string) Matter {
	f.Helper()
	m := Matter{Contact: "c-" + name, Patient: "p-" + name, Task: 1, Channel: "web", Language: "ru", Zone: "Europe/Moscow"}
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Meet(ctx, []store.Contact{{ID: m.Contact, Channel: "web", Chat: name, PatientID: m.Patient, CreatedAt: f.now}})
		if err != nil {
			return err
		}
		return tx.SavePatients(ctx, []store.Patient{{ID: m.Patient, FullName: name, Phone: "+79123456789", CreatedAt: f.now}})
	}))
	return m
}

func (f *front) offer(m Matter, a Ask) (slots []*dialogs.Slot, near bool) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		slots, near, err = f.Offer(ctx, tx, m, a, f.now)
		return err
	}))
	return slots, near
}

func (f *front) hold(m Matter, s *dialogs.Slot) error {
	return f.do(func(ctx context.Context, tx store.Tx) error { return f.Hold(ctx, tx, m, s, f.now) })
}

func (f *front) book(m Matter, s *dialogs.Slot, key string) (v *dialogs.Visit, err error) {
	err = f.do(func(ctx context.Context, tx store.Tx) (err error) {
		v, err = f.Book(ctx, tx, m, Request{Slot: s, Patient: m.Patient, Key: key}, f.now)
		return err
	})
	return v, err
}

func (f *front) move(m Matter, visit string, s *dialogs.Slot) (v *dialogs.Visit, err error) {
	err = f.do(func(ctx context.Context, tx store.Tx) (err error) {
		v, err = f.Move(ctx, tx, m, visit, s, f.now)
		return err
	})
	return v, err
}

func (f *front) cancel(m Matter, visit string) (v *dialogs.Visit, err error) {
	err = f.do(func(ctx context.Context, tx store.Tx) (err error) {
		v, err = f.Cancel(ctx, tx, m, visit, "time", f.now)
		return err
	})
	return v, err
}

func when(s *dialogs.Slot) string {
	zone, _ := time.LoadLocation(s.Start.Zone)
	return s.Start.At.In(zone).Format("Mon 02 15:04")
}

var crownAsk = Ask{Service: "crown_pair", Acute: true, Within: 24 * time.Hour, Count: 2}

func TestAnnaBooksMovesAndCancels(t *testing.T) {
	f := open(t)
	anna := f.arrive("Анна Петрова")
	pair, near := f.offer(anna, crownAsk)
	if near || len(pair) != 2 || when(pair[0]) != "Mon 23 16:30" || when(pair[1]) != "Tue 24 10:00" {
		t.Fatalf("offered %v", pair)
	}
	f.must(f.hold(anna, pair[1]))
	f.now = f.now.Add(11 * time.Minute) // the hold is over, and the time is still free
	visit, err := f.book(anna, pair[1], "")
	f.must(err)
	if visit.Status != store.StatusBooked || !visit.First || !visit.Together || visit.Doctor.ID != "sokolova" || len(visit.Doctors) != 2 {
		t.Errorf("booked %+v", visit)
	}
	if visit.Patient.NextVisit == nil || visit.Branch.City != "Москва" || visit.Service.Title != "Консультация терапевта и ортопеда" {
		t.Errorf("the visit tells too little: %+v", visit)
	}
	later, _ := f.offer(anna, crownAsk)
	moved, err := f.move(anna, visit.ID, later[0])
	f.must(err)
	if moved.ID != visit.ID || when(later[0]) != "Mon 23 16:30" || !moved.Start.At.Equal(later[0].Start.At) {
		t.Errorf("moved to %v", moved.Start)
	}
	gone, err := f.cancel(anna, visit.ID)
	f.must(err)
	if gone.Status != store.StatusCancelled {
		t.Errorf("status %s", gone.Status)
	}
	if again, err := f.cancel(anna, visit.ID); err != nil || again.Status != store.StatusCancelled {
		t.Errorf("cancelling twice: %v", err)
	}
	if free, _ := f.offer(anna, crownAsk); when(free[0]) != "Mon 23 16:30" || when(free[1]) != "Tue 24 10:00" {
		t.Error("the time is not free at once")
	}
}

func TestWhatSomebodyHoldsIsNotOffered(t *testing.T) {
	f := open(t)
	anna, boris := f.arrive("Anna"), f.arrive("Boris")
	pair, _ := f.offer(anna, crownAsk)
	f.must(f.hold(anna, pair[0]))
	if err := f.hold(boris, pair[0]); !errors.Is(err, store.ErrTaken) {
		t.Errorf("another person's held slot: %v", err)
	}
	if _, err := f.book(boris, pair[0], ""); !errors.Is(err, store.ErrTaken) {
		t.Errorf("booking another person's held slot: %v", err)
	}
	if got, _ := f.offer(boris, crownAsk); when(got[0]) == when(pair[0]) {
		t.Error("a held slot is offered")
	}
	if got, _ := f.offer(anna, crownAsk); when(got[0]) != when(pair[0]) {
		t.Error("what the task holds itself is hidden from it")
	}
	f.must(f.hold(anna, pair[1])) // frees the first
	f.must(f.hold(boris, pair[0]))
	f.now = f.now.Add(11 * time.Minute)
	if _, err := f.book(anna, pair[0], ""); err != nil {
		t.Errorf("a hold that is over stands in the way: %v", err)
	}
}

func TestTheSamePatientIsNotInTwoPlaces(t *testing.T) {
	f := open(t)
	anna, boris := f.arrive("Anna"), f.arrive("Boris")
	pair, _ := f.offer(anna, crownAsk)
	atTen := Ask{Service: "hygiene_consult", Count: 2,
		Wish: &words.Period{Windows: []words.Window{{From: "2026-11-24", To: "2026-11-24", After: 10 * 60, Before: 10*60 + 10}}}}
	hygiene, near := f.offer(anna, atTen)
	if near {
		t.Fatal("nobody is free at ten")
	}
	visit, err := f.book(anna, pair[1], "")
	f.must(err)
	var clash *ClashError
	if _, err := f.book(anna, hygiene[0], ""); !errors.As(err, &clash) || clash.Other.ID != visit.ID {
		t.Errorf("at the time of another visit: %v", err)
	}
	others, _ := f.offer(anna, Ask{Service: "hygiene_consult", Count: 2})
	other, err := f.book(anna, others[1], "")
	f.must(err)
	if _, err := f.move(anna, other.ID, hygiene[0]); !errors.Is(err, store.ErrTaken) {
		t.Errorf("moved onto another visit: %v", err)
	}
	if _, near := f.offer(anna, atTen); !near {
		t.Error("a time at which the patient is elsewhere is offered")
	}
	if _, near := f.offer(boris, atTen); near {
		t.Error("one patient's visit stands in another's way")
	}
}

func TestARequestThatIsRepeatedIsTheSameVisit(t *testing.T) {
	f := open(t)
	anna, boris := f.arrive("Anna"), f.arrive("Boris")
	pair, _ := f.offer(anna, crownAsk)
	first, err := f.book(anna, pair[0], "key")
	f.must(err)
	second, err := f.book(anna, pair[0], "key")
	if err != nil || second.ID != first.ID {
		t.Errorf("repeated: %v", err)
	}
	if _, err := f.book(boris, pair[0], "key"); !errors.Is(err, store.ErrTaken) {
		t.Errorf("somebody else with the same key: %v", err)
	}
	_, err = f.cancel(anna, first.ID)
	f.must(err)
	third, err := f.book(anna, pair[0], "key")
	if err != nil || third.ID == first.ID || third.Status != store.StatusBooked {
		t.Errorf("booked again after it was cancelled: %v", err)
	}
	fourth, err := f.book(anna, pair[1], "key")
	if err != nil || fourth.ID == third.ID {
		t.Errorf("another time under the same key: %v", err)
	}
}

func TestShortlyBeforeTheVisitOnlyTheDeskMovesIt(t *testing.T) {
	f := open(t)
	anna := f.arrive("Anna")
	pair, _ := f.offer(anna, crownAsk)
	visit, err := f.book(anna, pair[0], "")
	f.must(err)
	f.now = visit.Start.At.Add(-time.Hour)
	if _, err := f.cancel(anna, visit.ID); !errors.Is(err, ErrTooLate) {
		t.Errorf("cancelling an hour before: %v", err)
	}
	if _, err := f.move(anna, visit.ID, pair[1]); !errors.Is(err, ErrTooLate) {
		t.Errorf("moving an hour before: %v", err)
	}
	desk := anna
	desk.Staff = true
	_, err = f.cancel(desk, visit.ID)
	f.must(err)
}

func TestASlotThatTheClinicDoesNotOfferIsRefused(t *testing.T) {
	f := open(t)
	anna := f.arrive("Anna")
	pair, _ := f.offer(anna, crownAsk)
	for name, forge := range map[string]func(s *dialogs.Slot){
		"another doctor":   func(s *dialogs.Slot) { s.Parts[0].Practitioner.ID = "karimov" },
		"one doctor twice": func(s *dialogs.Slot) { s.Parts[1].Practitioner.ID = "sokolova" },
		"at night":         func(s *dialogs.Slot) { shift(s, 10*time.Hour) },
		"in the past":      func(s *dialogs.Slot) { shift(s, -7*24*time.Hour) },
		"next year":        func(s *dialogs.Slot) { shift(s, 364*24*time.Hour) },
		"longer":           func(s *dialogs.Slot) { s.Parts[1].End.At = s.Parts[1].End.At.Add(time.Hour) },
		"no such service":  func(s *dialogs.Slot) { s.Service = "crown_triple" },
		"one over another": func(s *dialogs.Slot) {
			s.Parts[1].Start.At, s.Parts[1].End.At = s.Parts[1].Start.At.Add(-10*time.Minute), s.Parts[1].End.At.Add(-10*time.Minute)
		},
		"with a pause": func(s *dialogs.Slot) {
			s.Parts[1].Start.At, s.Parts[1].End.At = s.Parts[1].Start.At.Add(20*time.Minute), s.Parts[1].End.At.Add(20*time.Minute)
		},
		"half of it":     func(s *dialogs.Slot) { s.Parts = s.Parts[:1] },
		"another branch": func(s *dialogs.Slot) { s.Branch.ID = "yekaterinburg" },
	} {
		forged := *pair[1]
		forged.Parts = append([]dialogs.Part(nil), pair[1].Parts...)
		forge(&forged)
		if err := f.hold(anna, &forged); !errors.Is(err, store.ErrTaken) {
			t.Errorf("%s: held, %v", name, err)
		}
		if _, err := f.book(anna, &forged, ""); !errors.Is(err, store.ErrTaken) {
			t.Errorf("%s: booked, %v", name, err)
		}
	}
}

func shift(s *dialogs.Slot, d time.Duration) {
	for i := range s.Parts {
		s.Parts[i].Start.At, s.Parts[i].End.At = s.Parts[i].Start.At.Add(d), s.Parts[i].End.At.Add(d)
	}
}

func TestTheDeskSaysWhatBecameOfAVisit(t *testing.T) {
	f := open(t)
	anna := f.arrive("Anna")
	pair, _ := f.offer(anna, crownAsk)
	visit, err := f.book(anna, pair[0], "")
	f.must(err)
	status := func(s string) error {
		return f.do(func(ctx context.Context, tx store.Tx) error { return f.SetStatus(ctx, tx, anna, visit.ID, s, f.now) })
	}
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		return f.Confirm(ctx, tx, anna, []string{visit.ID}, f.now)
	}))
	f.must(status(store.StatusArrived))
	f.must(status(store.StatusFulfilled))
	if err := status(store.StatusNoShow); !errors.Is(err, ErrStatus) {
		t.Errorf("no-show after the visit: %v", err)
	}
	f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.Feel(ctx, tx, anna, visit.ID, "good", f.now) }))
	var seen *dialogs.Visit
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		list, err := f.ByID(ctx, tx, "en", []string{visit.ID}, f.now)
		seen = list[0]
		return err
	}))
	if !seen.Confirmed || seen.Feeling != "good" || seen.Status != store.StatusFulfilled || seen.Service.Title[0] != 'D' {
		t.Errorf("seen %+v", seen)
	}
}

func TestAFreedTimeGoesToTheMostUrgentWhoWaits(t *testing.T) {
	f := open(t)
	anna, boris, vera, galina := f.arrive("Anna"), f.arrive("Boris"), f.arrive("Vera"), f.arrive("Galina")
	pair, _ := f.offer(anna, crownAsk)
	visit, err := f.book(anna, pair[1], "")
	f.must(err)
	evening := &words.Period{Windows: []words.Window{{After: 18 * 60}}}
	join := func(m Matter, a Ask, urgency int) {
		f.must(f.do(func(ctx context.Context, tx store.Tx) error { return f.Join(ctx, tx, m, a, urgency, f.now) }))
		f.now = f.now.Add(time.Minute)
	}
	join(boris, Ask{Service: "crown_pair", Wish: evening}, 0)
	join(vera, Ask{Service: "crown_pair"}, 3)
	join(galina, Ask{Service: "dentist_consult"}, 1)
	join(vera, Ask{Service: "crown_pair"}, 3) // twice is once
	_, err = f.cancel(anna, visit.ID)
	f.must(err)
	if got := f.waiting(offered); got != "p-Galina" {
		t.Errorf("offered to %s", got)
	}
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		return f.Pass(ctx, tx, galina, f.slotOf(ctx, tx, "p-Galina"), f.now)
	}))
	if got := f.waiting(offered); got != "p-Vera" {
		t.Errorf("passed on to %s", got)
	}
	var slot *dialogs.Slot
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		slot = f.slotOf(ctx, tx, "p-Vera")
		return f.Claim(ctx, tx, vera, slot, f.now)
	}))
	_, err = f.book(vera, slot, "")
	f.must(err)
	if got := f.waiting(""); got != "p-Boris p-Galina" {
		t.Errorf("still waiting: %s", got)
	}
}

// waiting names those on the waitlist whose place is in the state; "" = in any.
func (f *front) waiting(state string) string {
	f.Helper()
	var who []string
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		list, err := tx.WaitingFor(ctx, "")
		for _, w := range list {
			if state == "" || w.State == state {
				who = append(who, w.PatientID)
			}
		}
		return err
	}))
	return strings.Join(who, " ")
}

func (f *front) slotOf(ctx context.Context, tx store.Tx, patient string) *dialogs.Slot {
	list, err := tx.WaitingFor(ctx, "")
	f.must(err)
	for _, w := range list {
		if w.PatientID == patient {
			got, err := f.Waiting(ctx, tx, "en", w, f.now)
			f.must(err)
			return got.Slot
		}
	}
	return nil
}

func TestManyWantOneSlotThroughTwoStores(t *testing.T) {
	f := open(t)
	path := filepath.Join(t.TempDir(), "two.db")
	stores := []store.Store{opened(t, path), opened(t, path)}
	f.db = stores[0]
	var people []Matter
	for i := range 16 {
		people = append(people, f.arrive(fmt.Sprint("P", i)))
	}
	pair, _ := f.offer(people[0], crownAsk)
	var won, lost atomic.Int32
	var all sync.WaitGroup
	for i, m := range people {
		all.Go(func() {
			err := stores[i%2].Tx(t.Context(), func(tx store.Tx) error {
				if i%3 == 0 {
					if err := f.Hold(t.Context(), tx, m, pair[0], f.now); err != nil {
						return err
					}
				}
				_, err := f.Book(t.Context(), tx, m, Request{Slot: pair[0], Patient: m.Patient}, f.now)
				return err
			})
			switch {
			case err == nil:
				won.Add(1)
			case errors.Is(err, store.ErrTaken):
				lost.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 || lost.Load() != 15 {
		t.Errorf("%d won and %d lost", won.Load(), lost.Load())
	}
}
