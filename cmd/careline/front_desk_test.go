package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"careline/bot/journey"
	"careline/channels/telegram/telegramtest"
	"careline/dialogs"
	"careline/store"
)

// frontDesk is where visits are booked, moved and cancelled.
type frontDesk struct {
	t       *testing.T
	network *telegramtest.Server
	random  *rand.Rand
	db      store.Store
	due     time.Time
	guests  []*guest
}

// guest has one visit.
type guest struct {
	*telegramtest.Person
	number int
	fate   string // of the visit: empty, gone, later
	// When that came over it, and whether its reminder had been put into the outbox before.
	changed time.Time
	put     bool
}

func (g *guest) visit() string   { return fmt.Sprint("v", g.number) }
func (g *guest) patient() string { return fmt.Sprint("p", g.number) }
func (g *guest) contact() string { return fmt.Sprint("c", g.number) }

// due is how many reminders of the visit are to be noted as sent.
func (g *guest) due() int {
	switch {
	case g.fate == "gone" && !g.put:
		return 0
	case g.fate == "later" && g.put:
		return 2
	}
	return 1
}

// reminders are when the chat was shown one.
func (g *guest) reminders() (at []time.Time) {
	for _, m := range g.Log() {
		if m.EditDate == 0 && !m.Deleted && slices.Contains(m.Labels(), "Придём") {
			at = append(at, m.At)
		}
	}
	return at
}

// last is when the chat was shown the last one; zero = never.
func (g *guest) last() (at time.Time) {
	for _, at = range g.reminders() {
	}
	return at
}

func (d *frontDesk) tx(f func(store.Tx) error) {
	d.t.Helper()
	if err := d.db.Tx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// expect lets so many people, for all of whom it is about noon, have a visit whose reminder is due in a moment.
func (d *frontDesk) expect(n int) {
	d.t.Helper()
	begun := time.Now()
	noon := fmt.Sprintf("Etc/GMT%+d", begun.UTC().Hour()-12) // these names count westwards
	for i := range n {
		d.guests = append(d.guests, &guest{Person: d.network.Person(telegramtest.User{}), number: i})
	}
	for some := range slices.Chunk(d.guests, 50) {
		d.tx(func(tx store.Tx) error {
			for _, g := range some {
				if err := g.join(d.t, tx, noon, begun); err != nil {
					return err
				}
			}
			return nil
		})
	}
	d.due = time.Now().Add(time.Second + 3*time.Since(begun)).Truncate(time.Microsecond)
	for some := range slices.Chunk(d.guests, 50) {
		d.tx(func(tx store.Tx) error {
			for _, g := range some {
				a := store.Appointment{
					ID: g.visit(), PatientID: g.patient(), ContactID: g.contact(), Service: "c0", Branch: "moscow", Status: store.StatusBooked,
					CreatedAt: begun.Add(-8 * time.Hour), UpdatedAt: begun, StatusAt: begun,
				}
				if err := tx.Book(d.t.Context(), g.at(a, d.due.Add(2*time.Hour)), begun); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// join lets the person be known in their chat, with consent.
func (g *guest) join(t *testing.T, tx store.Tx, zone string, now time.Time) error {
	c := store.Contact{
		ID: g.contact(), PatientID: g.patient(), Channel: "telegram", Chat: strconv.FormatInt(g.ChatID(), 10), Language: "ru", Zone: zone, CreatedAt: now,
	}
	if _, err := tx.Meet(t.Context(), []store.Contact{c}); err != nil {
		return err
	}
	if err := tx.SavePatients(t.Context(), []store.Patient{{ID: c.PatientID, FullName: "Анна Петрова", Phone: g.Phone(), CreatedAt: now}}); err != nil {
		return err
	}
	return tx.RecordConsents(t.Context(), []store.Consent{{
		PatientID: c.PatientID, Kind: "personal", Given: true, Version: "1", Language: "ru", Channel: "telegram", ContactID: c.ID, At: now,
	}})
}

// at is the visit at that time, with a practitioner of its own.
func (g *guest) at(a store.Appointment, start time.Time) store.Appointment {
	a.Start, a.End = start, start.Add(20*time.Minute)
	a.Parts = []store.Part{{Practitioner: fmt.Sprint("d", g.number), Start: a.Start, End: a.End}}
	return a
}

// change cancels a visit, moves it far away, or by a few seconds.
func (d *frontDesk) change(g *guest) {
	d.t.Helper()
	if g.fate != "" {
		return
	}
	how := d.random.IntN(4)
	d.tx(func(tx store.Tx) error {
		if err := tx.LockPatients(d.t.Context(), []string{g.patient()}); err != nil {
			return err
		}
		touches, err := tx.TouchesAbout(d.t.Context(), []string{journey.About(dialogs.AboutVisit, g.visit())})
		if err != nil {
			return err
		}
		found, err := tx.AppointmentsByID(d.t.Context(), []string{g.visit()})
		if err != nil {
			return err
		}
		a, now := found[0], time.Now()
		g.put, a.UpdatedAt = len(touches) > 0, now
		switch how {
		case 0, 1:
			g.fate, a.Status, a.StatusAt = "gone", store.StatusCancelled, now
			return tx.SaveAppointments(d.t.Context(), []store.Appointment{a})
		case 2:
			g.fate, a.Sequence = "gone", a.Sequence+1
			return tx.Move(d.t.Context(), g.at(a, a.Start.Add(5*time.Hour)), now)
		}
		g.fate, a.Sequence = "later", a.Sequence+1
		return tx.Move(d.t.Context(), g.at(a, now.Add(2*time.Hour+time.Second)), now)
	})
	g.changed = time.Now()
}

// noted counts the reminders of the visit that are noted as sent.
func (d *frontDesk) noted(g *guest) (n int) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx store.Tx) error {
		touches, err := tx.TouchesAbout(d.t.Context(), []string{journey.About(dialogs.AboutVisit, g.visit())})
		for _, touch := range touches {
			if touch.Timeline == "reminder_hours" && touch.Outcome == store.Sent {
				n++
			}
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}
