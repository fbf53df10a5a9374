package bustle_test

import (
	"crypto/rand"
	"log/slog"
	"regexp"
	"testing"
	"time"

	"careline/bot"
	"careline/bot/bustle"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/dialogs/clinic"
	"careline/store"
)

// begun is a demo that was started at the moment: its store, clinic and clock.
func begun(t *testing.T, at time.Time, language string) (store.Store, *folder.Folder, *clock.Moved) {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	db, remove, err := bot.Temporary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	c := clock.NewStill(at)
	b, err := bot.New(bot.Parts{
		Settings: bot.Settings{Secret: []byte(rand.Text())}, Folder: f, Store: db, Clock: c, IDs: rand.Text, Log: slog.New(slog.DiscardHandler),
		TriageRules: true, Channels: bustle.Messengers(),
	})
	if err != nil {
		t.Fatal(err)
	}
	err = bustle.Play(t.Context(), bustle.Parts{Store: db, Clinic: f.Clinic, Scripts: f.Scripts, Runner: b.Runner, Clock: c, AtVisit: b.AtVisit, Seed: 1, Language: language})
	if err != nil {
		t.Fatal(err)
	}
	return db, f, c
}

// Whenever it is started, a newcomer comes into a clinic at work: on a Sunday, in the night, on New Year's holidays.
func TestADozenPeopleWriteAndAMonthIsBehindThem(t *testing.T) {
	for _, demo := range []struct{ started, shows, language string }{
		{"2026-11-24T09:20:00Z", "2026-11-24T09:20:00Z", "ru"}, // a Tuesday's noon in Moscow
		{"2026-11-22T09:20:00Z", "2026-11-23T07:00:00Z", "en"}, // a Sunday
		{"2027-01-01T23:05:00Z", "2027-01-05T07:00:00Z", "ru"}, // nobody works until the fifth
	} {
		t.Run(demo.started, func(t *testing.T) {
			started, _ := time.Parse(time.RFC3339, demo.started)
			db, f, c := begun(t, started, demo.language)
			if now := c.Now().UTC().Format(time.RFC3339); now != demo.shows {
				t.Errorf("the clock shows %s, want %s", now, demo.shows)
			}
			err := db.Read(t.Context(), func(tx store.Tx) error {
				waiting, _, err := tx.TicketsWaiting(t.Context())
				if err != nil {
					return err
				}
				visits, err := tx.AppointmentsBetween(t.Context(), "", c.Now().AddDate(0, -2, 0), c.Now().AddDate(0, 2, 0))
				if err != nil {
					return err
				}
				looksAlive(t, f, c.Now(), visits, waiting)
				patients, err := tx.Patients(t.Context(), patientsOf(visits))
				speak(t, patients, demo.language)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func looksAlive(t *testing.T, f *folder.Folder, now time.Time, visits []store.Appointment, waiting int) {
	t.Helper()
	ahead, unsaid, today := 0, 0, map[string]int{}
	for _, v := range visits {
		if v.Start.After(now) {
			ahead++
		} else if v.Status == store.StatusBooked {
			unsaid++
		}
		zone := f.Clinic.Branch(v.Branch).Zone
		if v.Start.In(zone).Format(time.DateOnly) == now.In(zone).Format(time.DateOnly) {
			today[v.Branch]++
		}
	}
	if unsaid > 1 || waiting < 5 || ahead < 20 || len(visits)-ahead < 150 || today["moscow"] < 5 || today["yekaterinburg"] < 1 {
		t.Errorf("%d people wait, %d visits were, of %d nothing is said, %d are to come, of today %v", waiting, len(visits)-ahead, unsaid, ahead, today)
	}
	t.Logf("%d people wait, %d visits were, %d are to come, of today %v", waiting, len(visits)-ahead, ahead, today)
}

func patientsOf(visits []store.Appointment) (ids []string) {
	for _, v := range visits {
		ids = append(ids, v.PatientID)
	}
	return ids
}

// speak holds that people are called as in the language, and not all the same.
func speak(t *testing.T, patients []store.Patient, language string) {
	t.Helper()
	letters := map[string]*regexp.Regexp{"ru": regexp.MustCompile(`^[А-ЯЁа-яё ]+$`), "en": regexp.MustCompile(`^[A-Za-z ]+$`)}[language]
	names := map[string]bool{}
	for _, p := range patients {
		if names[p.FullName] = true; !letters.MatchString(p.FullName) {
			t.Errorf("in %s somebody is called %q", language, p.FullName)
		}
	}
	if len(names) < len(patients)*2/3 {
		t.Errorf("%d people have %d names", len(patients), len(names))
	}
}
