package bottest_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/journey"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"

	_ "github.com/jackc/pgx/v5/stdlib"
)

var people = flag.Int("people", 100_000, "patients of the journey's benchmark")

// What happens by itself to very many patients: planning for all of them, looking through all plans again while
// somebody writes, starting anew, and reminders that are due at one moment.
func BenchmarkJourney(b *testing.B) {
	for name, open := range map[string]func(testing.TB) (store.Store, *sql.DB){"sqlite": openSQLite, "postgres": openPostgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				db, raw := open(b)
				w := bottest.New(b, db, "bench")
				populate(b, raw, *people)
				planAll(b, w)
				lookAgain(b, w)
				burst(b, w, raw, 10_000)
			}
		})
	}
}

func openSQLite(t testing.TB) (store.Store, *sql.DB) {
	path := filepath.Join(t.TempDir(), "careline.db")
	db, err := sqlite.Open(path)
	return opened(t, db, err, "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
}

func openPostgres(t testing.TB) (store.Store, *sql.DB) {
	url := storetest.Postgres(t)
	db, err := postgres.Open(t.Context(), url)
	return opened(t, db, err, "pgx", url)
}

func opened(t testing.TB, db store.Store, err error, driver, url string) (store.Store, *sql.DB) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = raw.Close(), db.Close() })
	return db, raw
}

// populate makes patients with one chat, all consents, and one visit in the last half year.
func populate(b *testing.B, raw *sql.DB, size int) {
	b.Helper()
	now := bottest.Monday.UnixMicro()
	const day = 86_400_000_000
	for _, text := range []string{
		`INSERT INTO patients (id, full_name, phone, created_us) SELECT 'p' || i, 'Анна Петрова', '', 1 FROM n`,
		`INSERT INTO threads (contact_id, lines) SELECT 'c' || i, 0 FROM n`,
		`INSERT INTO contacts (id, channel, chat, patient_id, language, created_us) SELECT 'c' || i, 'test', 'c' || i, 'p' || i, 'ru', 1 FROM n`,
		`INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us)
			SELECT 'p' || i, 'personal', TRUE, '1', 'ru', 'test', 'c' || i, 1 FROM n`,
		`INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us)
			SELECT 'p' || i, 'advertising', TRUE, '1', 'ru', 'test', 'c' || i, 1 FROM n`,
		fmt.Sprintf(`INSERT INTO appointments (id, patient_id, contact_id, service, branch, status, start_us, end_us, parts, together, offer_id,
				confirmed, feeling, first, sequence, reason, created_us, updated_us, status_us)
			SELECT 'v' || i, 'p' || i, 'c' || i, 'hygiene_consult', 'moscow', 'fulfilled', at - 3600000000, at,
				'[{"practitioner":"lebedeva","start":"2026-06-01T10:00:00Z","end":"2026-06-01T11:00:00Z"}]',
				FALSE, '', TRUE, 'good', TRUE, 0, '', at - 9000000000, at, at
			FROM (SELECT i, %d - (15 + i %% 160) * %d AS at FROM n) AS past`, now, int64(day)),
	} {
		if _, err := raw.ExecContext(b.Context(), fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) ", size)+text); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
}

func planner(w *bottest.World) *journey.Planner { return w.Runner.Journey() }

// planAll plans for everybody for the first time, then starts anew.
func planAll(b *testing.B, w *bottest.World) {
	begun := time.Now()
	n, err := planner(w).Release(b.Context(), w.Store)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "s/plan-all")
	b.ReportMetric(float64(n), "timers")
	begun = time.Now()
	if _, err := planner(w).Release(b.Context(), w.Store); err != nil {
		b.Fatal(err)
	}
	if _, err := w.Runner.NextDue(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "s/restart")
}

// lookAgain looks through everybody's plans while somebody writes.
func lookAgain(b *testing.B, w *bottest.World) {
	calm := latencies(b, w, "calm", func(ctx context.Context) { <-ctx.Done() }, 3*time.Second)
	busy := latencies(b, w, "busy", func(context.Context) {
		if err := w.Store.Tx(b.Context(), func(tx store.Tx) error { return tx.SetMark(b.Context(), "journey.scan", "") }); err != nil {
			b.Error(err)
		}
		begun := time.Now()
		if _, err := planner(w).Release(b.Context(), w.Store); err != nil {
			b.Error(err)
		}
		b.ReportMetric(time.Since(begun).Seconds(), "s/scan")
	}, 0)
	b.ReportMetric(p99(calm).Seconds()*1000, "ms-p99-calm")
	b.ReportMetric(p99(busy).Seconds()*1000, "ms-p99-scan")
}

// latencies are how long messages take, one after the other twenty times a second, while beside runs.
func latencies(b *testing.B, w *bottest.World, chat string, beside func(context.Context), atMost time.Duration) (all []time.Duration) {
	ctx, cancel := context.WithCancel(b.Context())
	if atMost > 0 {
		ctx, cancel = context.WithTimeout(b.Context(), atMost)
	}
	defer cancel()
	done := make(chan struct{})
	go func() { defer close(done); beside(ctx) }()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-done:
			return all
		case <-tick.C:
		}
		m := w.Write(chat+fmt.Sprint(i%50), []string{"цены", "меню"}[i/50%2])
		begun := time.Now()
		if err := w.Runner.Accept(b.Context(), m); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(begun))
	}
}

func p99(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)*99/100]
}

// burst books visits that are all to be reminded of at one moment, and reminds of them.
func burst(b *testing.B, w *bottest.World, raw *sql.DB, n int) {
	start := bottest.Monday.Add(30*time.Hour + 45*time.Minute)
	var patients []string
	if err := w.Store.Tx(b.Context(), func(tx store.Tx) error {
		for i := range n {
			a := store.Appointment{
				ID: fmt.Sprint("burst", i), PatientID: fmt.Sprint("p", i), ContactID: fmt.Sprint("c", i), Service: "hygiene_consult", Branch: "moscow",
				Status: store.StatusBooked, Start: start, End: start.Add(time.Hour), CreatedAt: bottest.Monday,
				Parts: []store.Part{{Practitioner: fmt.Sprint("d", i), Start: start, End: start.Add(time.Hour)}},
			}
			if err := tx.Book(b.Context(), a, bottest.Monday); err != nil {
				return err
			}
			patients = append(patients, a.PatientID)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	for some := range slices.Chunk(patients, 500) {
		if err := w.Runner.Store.Tx(b.Context(), func(tx store.Tx) error { tx.PlanAgain(time.Time{}, some...); return nil }); err != nil {
			b.Fatal(err)
		}
	}
	w.Clock.Advance(28*time.Hour + 45*time.Minute) // two hours before
	begun := time.Now()
	if err := w.Runner.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "s/burst")
	var sent int
	if err := raw.QueryRowContext(b.Context(), `SELECT count(*) FROM touches WHERE outcome = 'sent' AND timeline LIKE 'reminder%'`).Scan(&sent); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(sent), "reminders")
}
