// Package largetest is a large clinic to measure pages on: forty practitioners more than the sample clinic has, a hundred
// thousand patients, a million messages, a year of visits, and five thousand tickets that wait.
package largetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/journey"
	"careline/bot/loadtest"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"

	_ "github.com/jackc/pgx/v5/stdlib" // the bulk goes around the store
)

// Size of a clinic.
type Size struct {
	Patients int // each with one chat
	Days     int // of visits that are over
	Ahead    int // of visits that are booked, today among them
	Messages int // in all chats, half of them from patients; the chat Long has its own
	Tickets  int // that are not closed
	Long     int // messages in the chat LongChat
}

// Large is what the promises are about.
var Large = Size{Patients: 100_000, Days: 365, Ahead: 56, Messages: 1_000_000, Tickets: 5_000, Long: 10_000}

// Small has everything that Large has, for tests.
var Small = Size{Patients: 300, Days: 1, Ahead: 2, Messages: 3000, Tickets: 120, Long: 700}

// LongChat is the contact of the longest chat; its patient is LongPatient.
const (
	LongChat    = "c0"
	LongPatient = "p0"
)

// Contact is the id of the i-th patient's chat.
func Contact(i int) string { return fmt.Sprint("c", i) }

// Patient is the id of the i-th.
func Patient(i int) string { return fmt.Sprint("p", i) }

// Engine is a database to measure on.
type Engine struct {
	Name string
	open func(t testing.TB) (db store.Store, raw *sql.DB)
	iso  string // writes microseconds as RFC 3339
}

// Engines are both.
func Engines() []Engine {
	return []Engine{
		{"sqlite", openSQLite, `strftime('%Y-%m-%dT%H:%M:%SZ', $1 / 1000000, 'unixepoch')`},
		{"postgres", openPostgres, `to_char(to_timestamp($1 / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`},
	}
}

func openSQLite(t testing.TB) (store.Store, *sql.DB) {
	path := filepath.Join(t.TempDir(), "careline.db")
	db, err := sqlite.Open(path)
	return opened(t, db, err, "sqlite", "file:"+path+"?_pragma=busy_timeout(20000)&_pragma=synchronous(OFF)&_pragma=cache_size(-200000)")
}

func openPostgres(t testing.TB) (store.Store, *sql.DB) {
	url := storetest.DurablePostgres(t)
	db, err := postgres.Open(t.Context(), url)
	return opened(t, db, err, "pgx", url)
}

func opened(t testing.TB, db store.Store, err error, driver, url string) (store.Store, *sql.DB) {
	t.Helper()
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db.Migrate(t.Context()))
	raw, err := sql.Open(driver, url)
	must(t, err)
	return db, raw
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Monday is when the clock of a large clinic begins to run: a working day at ten in Moscow.
var Monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// Fill makes a clinic of the size. Its clock runs from Monday on.
func Fill(t testing.TB, e Engine, size Size) *Clinic {
	t.Helper()
	c := &Clinic{TB: t, Size: size, Clock: clock.NewMoved(), Folder: polyclinic(t)}
	c.Clock.Advance(Monday.Sub(c.Clock.Now()))
	var raw *sql.DB
	c.Store, raw = e.open(t)
	defer raw.Close()
	planner := journey.Planner{Scripts: c.Folder.Scripts, Clinic: c.Folder.Clinic, Reception: &booking.Reception{Clinic: c.Folder.Clinic}, Clock: c.Clock}
	_, err := planner.Release(t.Context(), c.Store) // while there is nobody to plan for: what is measured is not the first start
	must(t, err)
	c.people()
	f := filling{t, raw, size, e.iso}
	for _, part := range [][]string{talks, visits, work, trail} {
		f.run(part)
	}
	f.exec("ANALYZE")
	return c
}

func polyclinic(t testing.TB) *folder.Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "clinic")
	must(t, loadtest.Polyclinic(dir))
	f, findings := folder.Draft(os.DirFS(dir))
	if f == nil {
		t.Fatalf("the large clinic has errors:\n%v", findings)
	}
	return f
}

// filling writes in bulk, around the store.
type filling struct {
	testing.TB
	raw  *sql.DB
	size Size
	iso  string
}

var moment = regexp.MustCompile(`\{iso (\w+)\}`)

// run fills in the sizes and the time.
func (f filling) run(part []string) {
	f.Helper()
	words := strings.NewReplacer(
		"{patients}", fmt.Sprint(f.size.Patients), "{asked}", fmt.Sprint(f.size.Messages/2), "{tickets}", fmt.Sprint(f.size.Tickets), "{long}", fmt.Sprint(f.size.Long/2),
		"{now}", fmt.Sprint(Monday.UnixMicro()), "{day}", "86400000000", "{hour}", "CAST(3600000000 AS BIGINT)", "{minute}", "CAST(60000000 AS BIGINT)", "{days}", fmt.Sprint(f.size.Days), "{ahead}", fmt.Sprint(f.size.Ahead),
		"{midnight}", fmt.Sprint(Monday.UnixMicro()-7*3_600_000_000-3*3_600_000_000),
		"{numbers}", "WITH RECURSIVE n (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ",
	)
	for _, text := range part {
		f.exec(moment.ReplaceAllString(words.Replace(text), f.iso))
	}
}

func (f filling) exec(text string) {
	f.Helper()
	if _, err := f.raw.ExecContext(context.WithoutCancel(f.Context()), text); err != nil {
		f.Fatalf("%s: %v", text, err)
	}
}
