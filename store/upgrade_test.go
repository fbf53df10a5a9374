package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// engines give an opened store without a schema, and the same database without careline.
var engines = map[string]func(t *testing.T) (store.Store, *sql.DB){
	"sqlite": func(t *testing.T) (store.Store, *sql.DB) {
		path := filepath.Join(t.TempDir(), "clinic.db")
		s, err := sqlite.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return s, plain(t, "sqlite", path+"?_pragma=foreign_keys(1)")
	},
	"postgres": func(t *testing.T) (store.Store, *sql.DB) {
		url := storetest.Postgres(t)
		s, err := postgres.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		return s, plain(t, "pgx", url)
	},
}

func plain(t *testing.T, driver, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func on(t *testing.T, story func(t *testing.T, s store.Store, db *sql.DB)) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			s, db := open(t)
			t.Cleanup(func() { _ = s.Close() })
			story(t, s, db)
		})
	}
}

func TestUpgradeOfFilledDatabase(t *testing.T) {
	on(t, func(t *testing.T, s store.Store, db *sql.DB) {
		ctx, now := t.Context(), storetest.Noon
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(store.MigrateTo(ctx, s, 1))
		for _, row := range []string{ // as the first version wrote them
			`INSERT INTO patients (id, created_us, full_name) VALUES ('p', 1, 'Анна Артёмова')`, `INSERT INTO threads (contact_id) VALUES ('c')`,
			`INSERT INTO contacts (id, channel, chat, patient_id, name, language, zone, source, created_us) VALUES ('c', 'web', '1', 'p', 'Anna', '', '', '', 1)`,
			`INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us) VALUES ('p', 'personal', TRUE, '', '', '', '', 1)`,
		} {
			_, err := db.Exec(row)
			must(err)
		}
		must(s.Tx(ctx, func(tx store.Tx) error {
			_, err := tx.Accept(ctx, []store.Input{{Channel: "web", ExternalID: "1", ContactID: "c", Kind: store.MessageInput, Payload: []byte(`"hello"`), ReceivedAt: now}})
			must(err)
			return tx.AppendEvents(ctx, []store.Event{{At: now, Name: "met", ContactID: "c"}})
		}))

		must(s.Migrate(ctx))
		must(s.Tx(ctx, func(tx store.Tx) error {
			met, err := tx.ContactsOf(ctx, "p")
			must(err)
			if len(met) != 1 || met[0].Name != "Anna" {
				t.Errorf("contacts after the upgrade: %d", len(met))
			}
			found, err := tx.FindPatients(ctx, "артем", 10)
			must(err)
			if len(found) != 1 {
				t.Errorf("found after the upgrade: %d", len(found))
			}
			lines, err := tx.History(ctx, "c", 0, 0, 10)
			must(err)
			if len(lines) != 1 || string(lines[0].Payload) != `"hello"` {
				t.Errorf("lines after the upgrade: %d", len(lines))
			}
			start := now.Add(time.Hour)
			must(tx.Book(ctx, store.Appointment{ID: "a", PatientID: "p", ContactID: "c", Status: store.StatusBooked, Start: start, End: start.Add(time.Hour),
				Parts: []store.Part{{Practitioner: "smith", Start: start, End: start.Add(time.Hour)}}}, now))
			return tx.Erase(ctx, "p", now)
		}))
	})
}

func TestManyProcessesMigrateAtOnce(t *testing.T) {
	on(t, func(t *testing.T, s store.Store, _ *sql.DB) {
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if err := s.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	on(t, func(t *testing.T, s store.Store, db *sql.DB) {
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("INSERT INTO migrations (step, name) VALUES (9999, 'of tomorrow')"); err != nil {
			t.Fatal(err)
		}
		if err := s.Migrate(t.Context()); !errors.Is(err, store.ErrNewer) {
			t.Fatalf("got %v, want %v", err, store.ErrNewer)
		}
	})
}

// What the code would never do is refused by the schema too.
func TestSchemaHoldsItself(t *testing.T) {
	on(t, func(t *testing.T, s store.Store, db *sql.DB) {
		ctx := t.Context()
		if err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		fill(ctx, t, db,
			`INSERT INTO patients (id, created_us) VALUES ('p', 1)`,
			`INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us) VALUES ('p', 'personal', TRUE, '', '', '', '', 1)`,
			`INSERT INTO events (at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref) VALUES (1, '', '', '', '', 0, '', '', '', '')`,
			`INSERT INTO audit (at_us, account_id, action) VALUES (1, 'anna', 'seen')`,
			`INSERT INTO calendars (practitioner) VALUES ('smith'), ('jones')`,
			`INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES
				('1', 'smith', 10, 20, 'busy-unavailable'), ('2', 'smith', 20, 30, 'busy-unavailable'), ('3', 'jones', 10, 90, 'busy-unavailable')`)
		for what, text := range map[string]string{
			"overlap at the end":      `INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES ('4', 'smith', 29, 40, 'busy-unavailable')`,
			"overlap around":          `INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES ('4', 'smith', 1, 40, 'busy-unavailable')`,
			"overlap inside":          `INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES ('4', 'jones', 11, 12, 'busy-unavailable')`,
			"overlap by a change":     `UPDATE busy SET start_us = 19 WHERE id = '2'`,
			"overlap by a new doctor": `UPDATE busy SET practitioner = 'jones' WHERE id = '1'`,
			"end before start":        `INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES ('4', 'smith', 50, 50, 'busy-unavailable')`,
			"busy without a visit":    `INSERT INTO busy (id, practitioner, start_us, end_us, kind) VALUES ('4', 'smith', 50, 60, 'busy')`,
			"changed consent":         `UPDATE consents SET given = FALSE`,
			"removed consent":         `DELETE FROM consents`,
			"changed audit":           `UPDATE audit SET account_id = 'x'`,
			"removed audit":           `DELETE FROM audit`,
			"changed event":           `UPDATE events SET name = 'x'`,
			"removed event":           `DELETE FROM events`,
			"unknown status":          `INSERT INTO inbox (channel, external_id, contact_id, kind, payload, received_us, state) VALUES ('', '', '', '', '', 1, 'lost')`,
			"unknown contact":         `INSERT INTO conversations (contact_id, state, updated_us) VALUES ('nobody', '{}', 1)`,
		} {
			if _, err := db.ExecContext(ctx, text); err == nil {
				t.Errorf("%s was let through", what)
			}
		}
	})
}

func fill(ctx context.Context, t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, text := range statements {
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
}
