package numbers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"careline/bot/numbers"
	"careline/dialogs"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// BenchmarkMillionEvents is a report over a year with a million events: 80,000 chats, of which half booked.
func BenchmarkMillionEvents(b *testing.B) {
	open := map[string]func(b *testing.B) (store.Store, error){
		"sqlite":   func(b *testing.B) (store.Store, error) { return sqlite.Open(b.TempDir() + "/clinic.db") },
		"postgres": func(b *testing.B) (store.Store, error) { return postgres.Open(b.Context(), storetest.Postgres(b)) },
	}
	for name, open := range open {
		b.Run(name, func(b *testing.B) {
			db, err := open(b)
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			if err := db.Migrate(b.Context()); err != nil {
				b.Fatal(err)
			}
			begin := now.AddDate(-1, 0, 0)
			for i := 0; i < crowd; i += 1000 {
				if err := db.Tx(b.Context(), func(tx store.Tx) error { return writeCrowd(b.Context(), tx, begin, i) }); err != nil {
					b.Fatal(err)
				}
			}
			ask := numbers.Ask{Span: store.Span{From: begin, To: now}, Now: now, Zone: time.UTC, Journey: &dialogs.Journey{
				Tests: map[string]*dialogs.Test{"rating_ask": {Variants: []string{"a", "b"}, Goal: "visit.booked", Within: 5 * 24 * time.Hour}},
			}}
			for b.Loop() {
				r, err := numbers.Read(b.Context(), db, ask)
				if err != nil {
					b.Fatal(err)
				}
				if r.Funnel.Started() != crowd || r.Visits.All == 0 {
					b.Fatalf("%v", r.Funnel)
				}
			}
		})
	}
}

// crowd of chats; each has thirteen events.
const crowd = 80_000

// writeCrowd writes a thousand chats from the i-th on.
func writeCrowd(ctx context.Context, tx store.Tx, begin time.Time, i int) error {
	var met []store.Contact
	var events []store.Event
	var touches []store.Touch
	for n := i; n < i+1000; n++ {
		id, at := fmt.Sprint("c", n), begin.Add(time.Duration(n)*6*time.Minute)
		met = append(met, store.Contact{ID: id, PatientID: "p" + id, Channel: "web", Chat: id, CreatedAt: at})
		for k, name := range []string{
			"dialog.started", "state.asked", "answer.understood", "dialog.started", "state.asked", "answer.understood", "slots.offered", "state.asked",
			"answer.understood", "slot.held", "state.asked", "answer.understood", "test.shown",
		} {
			e := store.Event{At: at.Add(time.Duration(k) * time.Second), Name: name, ContactID: id, PatientID: "p" + id, Channel: "web", Task: 1, Dialog: "booking", State: fmt.Sprint("s", k)}
			switch {
			case k == 0:
				e.Value = "start"
			case name == "test.shown":
				e.Value = "rating_ask=" + string(rune('a'+n%2))
			}
			events = append(events, e)
		}
		touches = append(touches, store.Touch{
			Timeline: "reminder", About: "visit/" + id, Moment: at, ContactID: id, PatientID: "p" + id, Channel: "web", Class: "service", Outcome: store.Sent, At: at.Add(time.Hour),
		})
	}
	if _, err := tx.Meet(ctx, met); err != nil {
		return err
	}
	if err := tx.AppendEvents(ctx, events); err != nil {
		return err
	}
	if _, err := tx.Touch(ctx, touches); err != nil {
		return err
	}
	for n := i; n < i+1000; n += 2 {
		id, at := fmt.Sprint("c", n), begin.Add(time.Duration(n)*6*time.Minute)
		err := tx.Book(ctx, store.Appointment{
			ID: "v" + id, PatientID: "p" + id, ContactID: id, Service: "hygiene", Branch: "moscow", Status: store.StatusFulfilled, Start: at, End: at.Add(time.Minute),
			Parts: []store.Part{{Practitioner: "belov", Start: at, End: at.Add(time.Minute)}}, CreatedAt: at.Add(time.Minute), UpdatedAt: at, StatusAt: at,
		}, at)
		if err != nil {
			return err
		}
	}
	return nil
}
