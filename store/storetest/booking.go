package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"careline/store"
)

func part(practitioner string, start time.Time, minutes int) store.Part {
	return store.Part{Practitioner: practitioner, Start: start, End: start.Add(time.Duration(minutes) * time.Minute)}
}

// visit of a contact: the parts one after the other.
func (s *stage) visit(c store.Contact, parts ...store.Part) store.Appointment {
	return store.Appointment{ID: s.id("a"), PatientID: c.PatientID, ContactID: c.ID, Service: "crown", Branch: "north",
		Status: store.StatusBooked, Start: parts[0].Start, End: parts[len(parts)-1].End, Parts: parts,
		CreatedAt: s.now, UpdatedAt: s.now, StatusAt: s.now}
}

func (s *stage) hold(c store.Contact, until time.Time, parts ...store.Part) store.Hold {
	return store.Hold{ID: s.id("h"), ContactID: c.ID, Task: 1, Service: "crown", Branch: "north", Parts: parts, Until: until}
}

func (s *stage) book(a store.Appointment) error {
	return s.try(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, a, s.now) })
}

// day is what takes the practitioner's time as the moment now sees it.
func (s *stage) day(practitioner string, now time.Time) []store.Busy {
	s.Helper()
	return get(s, func(ctx context.Context, tx store.Tx) ([]store.Busy, error) {
		return tx.Busy(ctx, []string{practitioner}, s.now, s.after(24*time.Hour), now)
	})
}

func booking(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	at := func(minutes int) time.Time { return s.after(time.Duration(minutes) * time.Minute) }
	taken := func(f func(ctx context.Context, tx store.Tx) error) { t.Helper(); s.refused(store.ErrTaken, f) }

	// A visit with two practitioners, one after the other.
	crown := s.visit(anna, part("smith", at(60), 30), part("jones", at(90), 60))
	crown.First, crown.Together, crown.OfferID = true, false, "offer"
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, crown, s.now) })
	same(s, "appointment", []store.Appointment{crown}, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsByID(ctx, []string{crown.ID})
	})
	equal(t, "smith's day", len(s.day("smith", s.now)), 1)

	// One part that is not free takes the whole visit back, and the transaction goes on.
	clash := s.visit(boris, part("smith", at(120), 30), part("jones", at(149), 30))
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Book(ctx, clash, s.now); !errorIs(err, store.ErrTaken) {
			t.Fatalf("booking over another: %v", err)
		}
		clash.Parts = []store.Part{part("smith", at(120), 30), part("jones", at(150), 30)}
		return tx.Book(ctx, clash, s.now) // side by side is free
	})

	// A hold keeps time until it expires.
	held := s.hold(anna, at(10), part("smith", at(200), 30))
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.HoldTime(ctx, held, s.now) })
	same(s, "holds", []store.Hold{held}, func(ctx context.Context, tx store.Tx) ([]store.Hold, error) {
		return tx.Holds(ctx, anna.ID, 1)
	})
	taken(func(ctx context.Context, tx store.Tx) error {
		return tx.Book(ctx, s.visit(boris, part("smith", at(220), 30)), s.now)
	})
	equal(t, "smith's day with a hold", len(s.day("smith", s.now)), 3)
	equal(t, "smith's day when the hold is over", len(s.day("smith", at(10))), 2)
	later := s.visit(boris, part("smith", at(220), 30))
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, later, at(10)) })
	equal(t, "expired hold is gone", len(get(s, func(ctx context.Context, tx store.Tx) ([]store.Hold, error) {
		return tx.Holds(ctx, anna.ID, 1)
	})), 0)

	// A hold becomes a visit: freed and booked in one transaction.
	mine := s.hold(anna, at(10), part("jones", at(300), 30))
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.HoldTime(ctx, mine, s.now) })
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.FreeHolds(ctx, map[string][]int{anna.ID: {1}}); err != nil {
			return err
		}
		return tx.Book(ctx, s.visit(anna, mine.Parts...), s.now)
	})

	// Moving: onto another visit leaves all as it was, over its own old time is fine.
	moved := crown
	moved.Sequence, moved.Branch = 1, "south"
	moved.Parts = []store.Part{part("smith", at(125), 30), part("jones", at(200), 30)}
	moved.Start, moved.End = at(125), at(230)
	taken(func(ctx context.Context, tx store.Tx) error { return tx.Move(ctx, moved, s.now) })
	same(s, "after a move that failed", []store.Appointment{crown}, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsByID(ctx, []string{crown.ID})
	})
	moved.Parts = []store.Part{part("smith", at(70), 30), part("jones", at(100), 50)}
	moved.Start, moved.End = at(70), at(150)
	moved.Notice = &store.Notice{At: at(1), Start: crown.Start, Branch: crown.Branch, Parts: crown.Parts}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Move(ctx, moved, s.now) })
	same(s, "moved", []store.Appointment{moved}, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsOf(ctx, []string{anna.PatientID}, at(70), at(71))
	})

	// A cancelled visit frees its time; brought back it must take it again.
	gone := moved
	gone.Status, gone.Reason, gone.StatusAt, gone.Notice = store.StatusCancelled, "ill", at(1), nil
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAppointments(ctx, []store.Appointment{gone})
	})
	instead := s.visit(boris, part("smith", at(70), 30))
	if err := s.book(instead); err != nil {
		t.Fatalf("booking freed time: %v", err)
	}
	taken(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAppointments(ctx, []store.Appointment{moved})
	})
	instead.Status = store.StatusCancelled
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAppointments(ctx, []store.Appointment{instead, moved})
	})
	taken(func(ctx context.Context, tx store.Tx) error {
		return tx.Book(ctx, s.visit(boris, part("smith", at(70), 30)), s.now)
	})

	all := get(s, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsBetween(ctx, "", s.now, s.after(24*time.Hour))
	})
	equal(t, "appointments in all", len(all), 5)
	south := get(s, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsBetween(ctx, "south", s.now, s.after(24*time.Hour))
	})
	if d := cmp.Diff([]store.Appointment{moved}, south, cmpopts.IgnoreFields(store.Appointment{}, "Reason")); d != "" {
		t.Fatalf("south (-want +got):\n%s", d)
	}
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		return tx.Move(ctx, s.visit(anna, part("smith", at(900), 10)), s.now)
	})
	for value := 1; value <= 2; value++ {
		rating := store.Rating{AppointmentID: moved.ID, PatientID: anna.PatientID, Value: value, At: s.now}
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.RateAppointment(ctx, rating) })
		same(s, "rating", []store.Rating{rating}, func(ctx context.Context, tx store.Tx) ([]store.Rating, error) {
			return tx.Ratings(ctx, []string{moved.ID, crown.ID})
		})
	}
}

func closing(t *testing.T, s *stage) {
	anna := s.met()
	closed := store.Busy{ID: "holiday", Practitioner: "smith", Start: s.after(time.Hour), End: s.after(3 * time.Hour), Kind: store.Unavailable}
	seated := s.visit(anna, part("smith", s.after(2*time.Hour), 30))
	if err := s.book(seated); err != nil {
		t.Fatal(err)
	}
	s.refused(store.ErrTaken, func(ctx context.Context, tx store.Tx) error { return tx.CloseTime(ctx, closed) })

	// A hold gives way, a booking does not.
	seated.Status = store.StatusCancelled
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.SaveAppointments(ctx, []store.Appointment{seated}); err != nil {
			return err
		}
		return tx.HoldTime(ctx, s.hold(anna, s.after(time.Hour), part("smith", s.after(2*time.Hour), 30)), s.now)
	})
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.CloseTime(ctx, closed) })
	if d := cmp.Diff([]store.Busy{closed}, s.day("smith", s.now)); d != "" {
		t.Fatalf("smith's day (-want +got):\n%s", d)
	}
	if err := s.book(s.visit(anna, part("smith", s.after(2*time.Hour), 30))); !errorIs(err, store.ErrTaken) {
		t.Fatalf("booking a holiday: %v", err)
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.OpenTime(ctx, closed.ID) })
	equal(t, "smith's day after the holiday was called off", len(s.day("smith", s.now)), 0)
}
