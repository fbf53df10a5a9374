package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/intake"
	"careline/dialogs/clinic"
	"careline/dialogs/source"
	"careline/store"
)

// stage is a clinic on which tables are brought in.
type stage struct {
	*testing.T
	*intake.Import
	folder *folder.Folder
	report string // of the last import
	ids    int
}

var loaded = sync.OnceValues(func() (*folder.Folder, source.Findings) { return folder.Load(clinic.Files()) })

func newStage(t *testing.T, db store.Store) *stage {
	t.Helper()
	f, findings := loaded()
	if f == nil {
		t.Fatal(findings)
	}
	s := &stage{T: t, folder: f}
	s.Import = &intake.Import{Store: db, Clinic: f.Clinic, Clock: clock.NewStill(bottest.Monday), IDs: func() string {
		s.ids++
		return fmt.Sprintf("id-%06d", s.ids)
	}}
	return s
}

// onBoth tells a story on both databases.
func onBoth(t *testing.T, tell func(s *stage)) {
	t.Run("sqlite", func(t *testing.T) { tell(newStage(t, bottest.SQLite(t))) })
	t.Run("postgres", func(t *testing.T) { tell(newStage(t, bottest.Postgres(t))) })
}

// paper is a report in memory.
type paper struct{ bytes.Buffer }

func (*paper) Close() error { return nil }

func (s *stage) patients(table string) intake.Summary {
	s.Helper()
	return s.bring(table, intake.OpenPatients, s.Patients)
}

func (s *stage) visits(table string) intake.Summary {
	s.Helper()
	return s.bring(table, intake.OpenVisits, s.Visits)
}

func (s *stage) bring(table string, open func(io.Reader) (*intake.Table, error), take func(context.Context, *intake.Table, *intake.Report) (intake.Summary, error)) intake.Summary {
	s.Helper()
	t, err := open(strings.NewReader(table))
	if err != nil {
		s.Fatal(err)
	}
	var p paper
	sum, err := take(s.Context(), t, &intake.Report{
		Open:    func() (io.WriteCloser, error) { return &p, nil },
		Phrases: s.folder.Scripts.Catalogue(), Language: "ru",
	})
	if err != nil {
		s.Fatal(err)
	}
	s.report = p.String()
	sum.Bytes = 0
	return sum
}

func (s *stage) read(f func(tx store.Tx) error) {
	s.Helper()
	if err := s.Store.Read(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

func (s *stage) write(f func(tx store.Tx) error) {
	s.Helper()
	if err := s.Store.Tx(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

// named is the patient with that id in the clinic's own system.
func (s *stage) named(external string) store.Patient {
	s.Helper()
	var found []store.Patient
	s.read(func(tx store.Tx) (err error) {
		found, err = tx.PatientsNamed(s.Context(), []string{external})
		return err
	})
	if len(found) != 1 {
		s.Fatalf("%d patients are called %s", len(found), external)
	}
	return found[0]
}

// history of a patient.
func (s *stage) history(patient string) (list []store.Appointment) {
	s.Helper()
	s.read(func(tx store.Tx) (err error) {
		list, err = tx.AppointmentsOf(s.Context(), []string{patient}, time.Unix(0, 0), bottest.Monday.AddDate(3, 0, 0))
		return err
	})
	return list
}

func (s *stage) same(what string, got, want any) {
	s.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// says holds that the report has all of these.
func (s *stage) says(words ...string) {
	s.Helper()
	for _, w := range words {
		if !strings.Contains(strings.ToLower(s.report), strings.ToLower(w)) {
			s.Errorf("the report does not say %q:\n%s", w, s.report)
		}
	}
}
