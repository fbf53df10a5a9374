package main

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// visited is a clinic with visits around now.
type visited struct {
	*testing.T
	dir string
	env []string
	db  store.Store
	now time.Time
}

func withVisits(t *testing.T) *visited {
	t.Helper()
	v := &visited{T: t, dir: newClinic(t), now: time.Now().Truncate(time.Minute)}
	db, err := sqlite.Open(filepath.Join(v.dir, "careline.db"))
	v.opened(db, err)
	return v
}

func (v *visited) opened(db store.Store, err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
	v.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(v.Context()); err != nil {
		v.Fatal(err)
	}
	v.db = db
}

// books Anna in Moscow so long from now.
func (v *visited) books(id, external string, after time.Duration) time.Time {
	v.Helper()
	start := v.now.Add(after)
	anna := store.Patient{ID: "anna", FullName: "Анна Каренина", Phone: "+79123456789", CreatedAt: v.now}
	a := store.Appointment{
		ID: id, External: external, PatientID: anna.ID, Service: "dentist_consult", Branch: "moscow", Status: store.StatusBooked,
		Start: start, End: start.Add(30 * time.Minute), Parts: []store.Part{{Practitioner: "sokolova", Start: start, End: start.Add(30 * time.Minute)}},
		First: true, CreatedAt: v.now.Add(-time.Hour), UpdatedAt: v.now.Add(-time.Hour), StatusAt: v.now.Add(-time.Hour),
	}
	err := v.db.Tx(v.Context(), func(tx store.Tx) error {
		if err := tx.SavePatients(v.Context(), []store.Patient{anna}); err != nil {
			return err
		}
		return tx.Book(v.Context(), a, v.now)
	})
	if err != nil {
		v.Fatal(err)
	}
	return start
}

func (v *visited) careline(args ...string) called {
	v.Helper()
	return carelineWith(v, v.dir, v.env, "", args...)
}

func (v *visited) status(id string) (status string, plans int) {
	v.Helper()
	err := v.db.Read(v.Context(), func(tx store.Tx) error {
		list, err := tx.AppointmentsByID(v.Context(), []string{id})
		if err != nil {
			return err
		}
		timers, err := tx.TimersAbout(v.Context(), []string{"visit/" + id})
		status, plans = list[0].Status, len(timers)
		return err
	})
	if err != nil {
		v.Fatal(err)
	}
	return status, plans
}

func TestWhoComesOnADay(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	start := v.books("v-1", "MIS-1", time.Hour).In(moscow)
	day, hour := start.Format(time.DateOnly), start.Format("15:04")
	v.careline("visit", "list", "--date", day).well("Чистых прудах, "+day, hour, "Анна Каренина", "Консультация стоматолога", "booked, first visit", "v-1 MIS-1", "nobody comes")
	v.careline("visit", "list", "--date", "2020-02-29", "--branch", "moscow").well("nobody comes")
	v.careline("visit", "list", "--date", "2027-02-29").badly("--date", "2026-11-24")
	v.careline("visit", "list", "--branch", "paris").badly("the clinic has moscow, yekaterinburg")

	var lines []visitLine
	if err := json.Unmarshal([]byte(v.careline("visit", "list", "--json", "--date", day).well().out), &lines); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 || lines[0].External != "MIS-1" || !lines[0].Start.Equal(start) || lines[0].Patient.Name != "Анна Каренина" || lines[0].Practitioners[0] != "sokolova" {
		t.Errorf("as JSON: %+v", lines)
	}
	if out := v.careline("visit", "list", "--json", "--date", "2020-02-29").well().out; strings.TrimSpace(out) != "[]" {
		t.Errorf("nobody as JSON: %s", out)
	}
	v.careline("visit", "show", "MIS-1").well("v-1", "+79123456789", day+" "+hour, "booked since ", "first visit")
	v.careline("visit", "show", "--json", "v-1").well(`"external_id": "MIS-1"`)
	v.careline("visit", "show", "nobody").badly("there is no visit nobody", "careline visit list")
	v.careline("visit", "show", "v-1", "v-2").badly("v-2 is no folder")
}

func TestWhatBecameOfVisits(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	v.books("v-1", "MIS-1", -time.Minute)
	v.books("v-2", "", -time.Hour)
	v.books("v-3", "", 72*time.Hour)
	_, before := v.status("v-1")
	v.careline("visit", "arrived", "MIS-1").well("MIS-1: arrived")
	v.careline("visit", "done", "v-1", v.dir).well("v-1: fulfilled")
	if status, plans := v.status("v-1"); status != store.StatusFulfilled || plans == before {
		t.Errorf("the visit is %s, with %d plans before and %d after", status, before, plans)
	}
	v.careline("visit", "done", "v-1").well("v-1: fulfilled already")
	v.careline("visit", "noshow", "v-1").badly("v-1 is fulfilled and cannot be noshow", "careline visit booked v-1")
	v.careline("visit", "booked", "v-1").well("v-1: booked")
	v.careline("visit", "noshow", "v-1", "v-3", "nobody", "v-2").badly("v-3 begins on ", "there is no visit nobody", "v-1: noshow", "v-2: noshow")
	if status, _ := v.status("v-2"); status != store.StatusNoShow {
		t.Errorf("the one after those that were refused is %s", status)
	}
	v.books("v-4", "", -time.Minute)
	v.careline("visit", "booked", "v-1").badly("its time is somebody else's by now")
	for _, word := range []string{"arrived", "done", "noshow", "booked"} {
		v.careline("visit", word).badly("which visit is missing", "careline visit "+word+" ID... [DIR]")
		v.careline("visit", word, v.dir).badly("which visit is missing")
		v.careline("visit", word, "--help").well("ID... [DIR]")
	}
	v.careline("visit").well("careline visit [command]")
}

// A server that runs learns of it: what is due at once leaves at once on PostgreSQL, where it is told.
func TestVisitsWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	for name, on := range map[string]func(*visited){
		"sqlite": func(*visited) {},
		"postgres": func(v *visited) {
			address := storetest.Postgres(v)
			v.env = []string{"CARELINE_DATABASE_URL=" + address, "CARELINE_SECRET=" + strings.Repeat("x", 32)}
			v.opened(postgres.Open(context.Background(), address))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := withVisits(t)
			on(v)
			s := serving(t, v.dir, v.env...)
			s.start()
			v.books("v-1", "MIS-1", -time.Minute)
			v.careline("visit", "arrived", "MIS-1").well("MIS-1: arrived")
			v.careline("visit", "done", "MIS-1").well("MIS-1: fulfilled")
			if status, plans := v.status("v-1"); status != store.StatusFulfilled || plans == 0 {
				t.Errorf("the visit is %s with %d plans", status, plans)
			}
			s.until("/readyz", http.StatusOK)
			s.stop()
		})
	}
}
