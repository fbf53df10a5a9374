package booking

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"careline/dialogs/words"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// errUndone takes a measured transaction back.
var errUndone = errors.New("undone")

// A time is freed while a thousand wait: nobody of them wants it, or the last one does.
func BenchmarkATimeIsFreedWhileAThousandWait(b *testing.B) {
	c := clinic(b, "languages: [en]\n", "languages: [en]\nbooking: {step: 30m}\n")
	r, now := &Reception{Clinic: c, IDs: newID}, at(b, c, "2026-11-23 08:00")
	start := now.Add(26 * time.Hour).UTC()
	freed := store.Appointment{
		ID: "v", Service: "consult", Branch: "main", Start: start,
		Parts: []store.Part{{Practitioner: "ann", Start: start, End: start.Add(30 * time.Minute)}},
	}
	run := func(b *testing.B, db store.Store, wanted bool) {
		if err := db.Migrate(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := db.Tx(b.Context(), func(tx store.Tx) error { return line1000(b.Context(), tx, wanted, now) }); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			err := db.Tx(b.Context(), func(tx store.Tx) error {
				return errors.Join(r.Freed(b.Context(), tx, Matter{}, freed, now), errUndone)
			})
			if err.Error() != errUndone.Error() {
				b.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for name, wanted := range map[string]bool{"nobody": false, "last": true} {
		b.Run("sqlite/"+name, func(b *testing.B) {
			db, err := sqlite.Open(filepath.Join(b.TempDir(), "clinic.db"))
			if err != nil {
				b.Fatal(err)
			}
			run(b, db, wanted)
		})
		b.Run("postgres/"+name, func(b *testing.B) {
			db, err := postgres.Open(b.Context(), storetest.Postgres(b))
			if err != nil {
				b.Fatal(err)
			}
			run(b, db, wanted)
		})
	}
}

// line1000 are a thousand who wait for evenings, of which there are none; the last one takes any time.
func line1000(ctx context.Context, tx store.Tx, wanted bool, now time.Time) error {
	evening, err := json.Marshal(&words.Period{Windows: []words.Window{{After: 18 * 60}}})
	if err != nil {
		return err
	}
	for i := range 1000 {
		id := fmt.Sprint("w", i)
		_, err := tx.Meet(ctx, []store.Contact{{ID: "c" + id, Channel: "web", Chat: id, PatientID: "p" + id, CreatedAt: now}})
		if err != nil {
			return err
		}
		w := store.Waiting{ID: id, PatientID: "p" + id, ContactID: "c" + id, Service: "consult", Period: evening, State: waiting, CreatedAt: now.Add(time.Duration(i) * time.Second)}
		if wanted && i == 999 {
			w.Period = nil
		}
		if err := tx.JoinWaitlist(ctx, w); err != nil {
			return err
		}
	}
	return nil
}
