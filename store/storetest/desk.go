package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"careline/store"
)

func waitlist(t *testing.T, s *stage) {
	anna := s.met()
	place := func(id string, urgency int, after time.Duration) store.Waiting {
		return store.Waiting{ID: id, PatientID: anna.PatientID, ContactID: anna.ID, Service: "crown", Period: []byte(`{"days":3}`),
			Urgency: urgency, State: "waiting", CreatedAt: s.after(after)}
	}
	calm, urgent, early := place("calm", 2, 0), place("urgent", 1, time.Hour), place("early", 1, 0)
	s.do(func(ctx context.Context, tx store.Tx) error {
		for _, w := range []store.Waiting{calm, urgent, early} {
			if err := tx.JoinWaitlist(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	same(s, "by urgency, then age", []store.Waiting{early, urgent, calm}, func(ctx context.Context, tx store.Tx) ([]store.Waiting, error) {
		return tx.WaitingFor(ctx, "")
	})
	early.State, urgent.State, urgent.Slot, urgent.FoundAt = "left", "offered", []byte(`{"x":1}`), s.now
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveWaitlist(ctx, []store.Waiting{early, urgent})
	})
	same(s, "open places", []store.Waiting{urgent, calm}, func(ctx context.Context, tx store.Tx) ([]store.Waiting, error) {
		return tx.WaitingFor(ctx, "crown")
	})
	same(s, "by id", []store.Waiting{early}, func(ctx context.Context, tx store.Tx) ([]store.Waiting, error) {
		return tx.WaitlistByID(ctx, []string{"early", "nobody"})
	})
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		return tx.SaveWaitlist(ctx, []store.Waiting{place("nobody", 1, 0)})
	})
}

func tickets(t *testing.T, s *stage) {
	anna := s.met()
	ticket := func(id string, deadline, created time.Duration) store.Ticket {
		return store.Ticket{ID: id, ContactID: anna.ID, PatientID: anna.PatientID, Kind: "asked", Priority: "normal", State: "open",
			Note: "call", Health: true, Deadline: s.after(deadline), CreatedAt: s.after(created)}
	}
	slow, soon, never := ticket("slow", 2*time.Hour, 0), ticket("soon", time.Hour, time.Minute), ticket("never", 0, 2*time.Minute)
	never.Deadline, never.ContactID, never.PatientID = time.Time{}, "", ""
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.OpenTickets(ctx, []store.Ticket{slow, never, soon})
	})
	same(s, "the most urgent first", []store.Ticket{soon, slow, never}, func(ctx context.Context, tx store.Tx) ([]store.Ticket, error) {
		return tx.TicketList(ctx, nil, 10)
	})
	soon.State, soon.ClosedAt, soon.Resolution, soon.TakenBy = "closed", s.now, "called", "olga"
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveTickets(ctx, []store.Ticket{soon}) })
	same(s, "open ones of the contact", []store.Ticket{slow}, func(ctx context.Context, tx store.Tx) ([]store.Ticket, error) {
		return tx.TicketsOf(ctx, anna.ID)
	})
	same(s, "closed", []store.Ticket{soon}, func(ctx context.Context, tx store.Tx) ([]store.Ticket, error) {
		return tx.TicketList(ctx, []string{"closed", "taken"}, 10)
	})
	same(s, "by id", []store.Ticket{slow, soon}, func(ctx context.Context, tx store.Tx) ([]store.Ticket, error) {
		return tx.TicketsByID(ctx, []string{"soon", "slow"})
	})
	notes := []store.TicketNote{
		{TicketID: "slow", Author: "patient", Text: "it hurts", Files: []byte(`[]`), At: s.now},
		{TicketID: "slow", Author: "olga", Text: "I call at six", At: s.now},
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.AddToTicket(ctx, notes) })
	same(s, "notes", notes, func(ctx context.Context, tx store.Tx) ([]store.TicketNote, error) {
		return tx.TicketNotes(ctx, "slow")
	})
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		return tx.SaveTickets(ctx, []store.Ticket{ticket("nobody", 0, 0)})
	})
}

// lastClosed is the contact's own, by when it was closed and not by when it was opened.
func lastClosed(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	last := func(c store.Contact) (k store.Ticket, err error) {
		err = s.Read(s.Context(), func(tx store.Tx) error {
			k, err = tx.LastClosed(s.Context(), c.ID)
			return err
		})
		return k, err
	}
	ticket := func(c store.Contact, opened, closed time.Duration) store.Ticket {
		k := store.Ticket{ID: s.id("k"), ContactID: c.ID, PatientID: c.PatientID, Kind: "asked", Priority: "normal", State: "open", CreatedAt: s.after(opened)}
		if closed > 0 {
			k.State, k.ClosedAt, k.TakenBy, k.Account, k.Reason = "closed", s.after(closed), "Ольга", "olga", "price"
		}
		return k
	}
	long, short, open, his := ticket(anna, 0, 3*time.Hour), ticket(anna, time.Hour, 2*time.Hour), ticket(anna, 2*time.Hour, 0), ticket(boris, 0, 4*time.Hour)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.OpenTickets(ctx, []store.Ticket{open}) })
	if _, err := last(anna); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("none is closed: %v", err)
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.OpenTickets(ctx, []store.Ticket{long, short, his})
	})
	k, err := last(anna)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the last", k.ID, long.ID)
	equal(t, "whose and why", k.Account+" "+k.Reason, "olga price")
	long.State, long.ClosedAt = "open", time.Time{}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveTickets(ctx, []store.Ticket{long}) })
	k, err = last(anna)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "when that was opened again", k.ID, short.ID)
}

func events(t *testing.T, s *stage) {
	first := store.Event{At: s.now, Name: "asked", ContactID: "c", PatientID: "p", Channel: "web", Task: 1, Dialog: "d", State: "s", Value: "v", Ref: "r"}
	second := store.Event{At: s.after(time.Second), Name: "booked"}
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.AppendEvents(ctx, []store.Event{first, second})
	})
	read := func(after int64, limit int) []store.Event {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Event, error) {
			return tx.EventsSince(ctx, after, limit)
		})
	}
	all := read(0, 10)
	equal(t, "events", len(all), 2)
	first.Seq, second.Seq = all[0].Seq, all[1].Seq
	equal(t, "first", all[0], first)
	equal(t, "second", all[1], second)
	equal(t, "the page after the first", read(first.Seq, 1)[0], second)
	equal(t, "nothing more", len(read(second.Seq, 1)), 0)
	later := store.Event{At: s.after(-time.Hour), Name: "closed", Ref: "r"} // its clock was behind
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.AppendEvents(ctx, []store.Event{{At: s.now, Name: "asked", Ref: "another"}, later})
	})
	later.Seq = read(second.Seq, 10)[1].Seq
	about := func(ref string) func(context.Context, store.Tx) ([]store.Event, error) {
		return func(ctx context.Context, tx store.Tx) ([]store.Event, error) { return tx.EventsAbout(ctx, ref) }
	}
	same(s, "about one thing", []store.Event{first, later}, about("r"))
	same(s, "about nothing", nil, about(""))
	same(s, "about what nobody knows", nil, about("nobody"))
}

func answers(t *testing.T, s *stage) {
	anna := s.met()
	var kept []store.Answer
	for _, name := range []string{"why", "where", "since"} {
		kept = append(kept, store.Answer{ContactID: anna.ID, PatientID: anna.PatientID, Task: 1, Dialog: "intake", Name: name,
			Value: []byte(`"tooth"`), Mark: "health", At: s.now})
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.KeepAnswers(ctx, kept) })
	same(s, "the last two", kept[1:], func(ctx context.Context, tx store.Tx) ([]store.Answer, error) {
		return tx.AnswersOf(ctx, anna.ID, 2)
	})
}

func leases(t *testing.T, s *stage) {
	lease := func(holder string, now time.Time) (mine bool) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			mine, err = tx.Lease(ctx, "long poll", holder, now, now.Add(time.Minute))
			return err
		})
		return mine
	}
	equal(t, "the first takes it", lease("a", s.now), true)
	equal(t, "the second waits", lease("b", s.after(59*time.Second)), false)
	equal(t, "the first renews it", lease("a", s.after(59*time.Second)), true)
	equal(t, "the second waits again", lease("b", s.after(61*time.Second)), false)
	equal(t, "a lease that is over is taken", lease("b", s.after(119*time.Second)), true)
	equal(t, "the first lost it", lease("a", s.after(120*time.Second)), false)
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Unlease(ctx, "long poll", "a"); err != nil { // not the holder
			return err
		}
		return tx.Unlease(ctx, "long poll", "b")
	})
	equal(t, "given back", lease("a", s.after(120*time.Second)), true)
	lapse := func(before time.Time) {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Lapse(ctx, before) })
	}
	lapse(s.after(180 * time.Second))
	equal(t, "one that runs is not forgotten", lease("b", s.after(170*time.Second)), false)
	lapse(s.after(181 * time.Second))
	equal(t, "one that is over is", lease("b", s.after(170*time.Second)), true)
	now := get(s, func(ctx context.Context, tx store.Tx) (time.Time, error) { return tx.Now(ctx) })
	if off := time.Since(now).Abs(); off > time.Minute {
		t.Errorf("the clock of a database on this machine is %v off", off)
	}
}
