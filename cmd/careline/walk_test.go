package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/store"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// crowd opens chats for n patients who all book at the same time.
func crowd(t *testing.T, s *server, n int) (patients []*patient, done *sync.WaitGroup) {
	t.Helper()
	done = &sync.WaitGroup{}
	for i := range n {
		p := s.visit(t, i)
		patients = append(patients, p)
		done.Go(p.book)
	}
	return patients, done
}

// killed ends and starts the server n times at random moments.
func killed(s *server, n int, random *rand.Rand) {
	for range n {
		<-time.After(time.Duration(random.IntN(800)) * time.Millisecond)
		s.kill()
		s.begin()
	}
}

// However often the server is killed while patients book, each is booked once, at a time of their own, and what
// they wrote is kept once and in order.
func TestKilledServersLoseNobody(t *testing.T) {
	patients, kills := 8, 3
	if os.Getenv("CARELINE_CHAOS") != "" {
		patients, kills = 50, 40
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dir := newClinic(t)
	s := serving(t, dir)
	s.start()
	all, done := crowd(t, s, patients)
	killed(s, kills, rand.New(rand.NewPCG(seed, seed)))
	done.Wait()
	s.until("/readyz", 200)
	s.stop()
	proveBooked(t, openSQLite(t, dir), all)
}

// A stop at any moment while patients book ends well and in time, and loses nobody either.
func TestStoppedServersLoseNobody(t *testing.T) {
	dir := newClinic(t)
	s := serving(t, dir)
	s.start()
	all, done := crowd(t, s, 8)
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		<-time.After(time.Duration(100+random.IntN(300)) * time.Millisecond)
		s.stop()
		s.start()
	}
	done.Wait()
	s.stop()
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("stops are no errors:\n%.2000s", s.log)
	}
	proveBooked(t, openSQLite(t, dir), all)
}

func openSQLite(t *testing.T, dir string) store.Store {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, "careline.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// proveBooked holds what is stored against what the patients did.
func proveBooked(t *testing.T, db store.Store, patients []*patient) {
	t.Helper()
	err := db.Read(t.Context(), func(tx store.Tx) error {
		visits, err := tx.AppointmentsBetween(t.Context(), "", time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
		if err != nil {
			return err
		}
		if len(visits) != len(patients) {
			t.Errorf("%d visits for %d patients", len(visits), len(patients))
		}
		noOverlap(t, visits)
		waiting, parked, err := storetest.InDepth(t.Context(), tx)
		if err != nil || waiting+parked != 0 {
			t.Errorf("%d inputs wait, %d are parked, %v", waiting, parked, err)
		}
		return talks(t, tx, visits, patients)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func noOverlap(t *testing.T, visits []store.Appointment) {
	t.Helper()
	parts := map[string][]store.Part{}
	for _, v := range visits {
		for _, p := range v.Parts {
			parts[p.Practitioner] = append(parts[p.Practitioner], p)
		}
	}
	for who, busy := range parts {
		slices.SortFunc(busy, func(a, b store.Part) int { return a.Start.Compare(b.Start) })
		for i := 1; i < len(busy); i++ {
			if busy[i].Start.Before(busy[i-1].End) {
				t.Errorf("%s is booked twice at %v", who, busy[i].Start)
			}
		}
	}
}

// talks holds that each chat keeps what was said once and in order, and one confirmation.
func talks(t *testing.T, tx store.Tx, visits []store.Appointment, patients []*patient) error {
	t.Helper()
	talked := map[string]int{}
	for _, v := range visits {
		contacts, err := tx.ContactsOf(t.Context(), v.PatientID)
		if err != nil {
			return err
		}
		lines, err := tx.History(t.Context(), contacts[0].ID, 0, 0, 500)
		if err != nil {
			return err
		}
		var said []string
		confirmed := 0
		for _, l := range lines {
			var in channels.Incoming // an Outgoing has its text at the same place
			if err := json.Unmarshal(l.Payload, &in); err != nil {
				return err
			}
			if l.Incoming {
				said = append(said, in.Text)
			} else if strings.Contains(in.Text, booked) {
				confirmed++
			}
		}
		if confirmed != 1 {
			t.Errorf("a visit was confirmed %d times", confirmed)
		}
		talked[strings.Join(said, " | ")]++
	}
	for _, p := range patients {
		talked[strings.Join(p.said, " | ")]--
	}
	for said, n := range talked {
		if n != 0 {
			t.Errorf("%+d chats have: %s", n, said)
		}
	}
	return nil
}
