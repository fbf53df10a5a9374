package storetest

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"careline/store"
)

// Bed is a migrated, empty store under measurement.
type Bed struct {
	store.Store
	DB  *sql.DB              // the same database without careline
	CPU func() time.Duration // processor time of this process and the database's
}

// Bench measures a store.
func Bench(b *testing.B, open func(b *testing.B) Bed) {
	for _, width := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("steps of %d contacts", width), func(b *testing.B) { steps(b, open(b), width) })
	}
	for _, size := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("steps among %d conversations", size), func(b *testing.B) { among(b, open(b), size) })
	}
	b.Run("fire 10000 of a million timers", func(b *testing.B) { firing(b, open(b)) })
	b.Run("idle poll over 100000 done inputs", func(b *testing.B) { polling(b, open(b)) })
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// meetMany makes contacts and gives their ids.
func meetMany(b testing.TB, s store.Store, n int) (ids []string) {
	people := make([]store.Contact, n)
	for i := range people {
		id := fmt.Sprint("c", i)
		people[i] = store.Contact{ID: id, Channel: "web", Chat: id, PatientID: "p" + id, CreatedAt: Noon}
		ids = append(ids, id)
	}
	must(b, s.Tx(b.Context(), func(tx store.Tx) error {
		_, err := tx.Meet(b.Context(), people)
		return err
	}))
	return ids
}

func firing(b *testing.B, s store.Store) {
	const all, due = 1_000_000, 10_000
	ctx := b.Context()
	set := func(from, n int, at time.Time) {
		timers := make([]store.Timer, n)
		for i := range timers {
			timers[i] = store.Timer{Key: fmt.Sprint(from + i), Due: at.Add(time.Duration(i) * time.Microsecond), Kind: store.TimerInput, Payload: []byte(`{}`)}
		}
		must(b, s.Tx(ctx, func(tx store.Tx) error { return tx.SetTimers(ctx, timers) }))
	}
	for i := 0; i < all; i += due {
		set(i, due, Noon.AddDate(1, 0, 0))
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		set(all+n*due, due, Noon)
		b.StartTimer()
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			fired, err := tx.Fire(ctx, Noon.Add(time.Hour), due)
			if err == nil && fired != due {
				err = fmt.Errorf("fired %d, want %d", fired, due)
			}
			return err
		}))
	}
	b.ReportMetric(float64(b.N*due)/b.Elapsed().Seconds(), "timers/s")
}

func polling(b *testing.B, s store.Store) {
	ctx, ids := b.Context(), meetMany(b, s, 1)
	for i := range 100 {
		in := make([]store.Input, 1000)
		for j := range in {
			in[j] = store.Input{Channel: "web", ExternalID: fmt.Sprint(i, "-", j), ContactID: ids[0], Kind: store.TimerInput, ReceivedAt: Noon}
		}
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			if _, err := tx.Accept(ctx, in); err != nil {
				return err
			}
			waiting, err := tx.Waiting(ctx, ids, len(in))
			if err != nil {
				return err
			}
			seqs := make([]int64, len(waiting))
			for k, w := range waiting {
				seqs[k] = w.Seq
			}
			return tx.Done(ctx, seqs, Noon)
		}))
	}
	for b.Loop() {
		must(b, s.Tx(ctx, func(tx store.Tx) error {
			_, err := tx.Ready(ctx, Noon, 100)
			return err
		}))
	}
}
