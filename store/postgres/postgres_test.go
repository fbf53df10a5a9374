package postgres_test

import (
	"database/sql"
	"testing"
	"time"

	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

func open(t testing.TB) store.Store {
	t.Helper()
	return connect(t, storetest.Postgres(t))
}

func connect(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return open(t) })
}

// plain is the database without careline.
func plain(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, func(b *testing.B) storetest.Bed {
		url := storetest.Postgres(b)
		server := storetest.ServerCPU(b, url)
		return storetest.Bed{Store: connect(b, url), DB: plain(b, url), CPU: func() time.Duration { return storetest.OwnCPU() + server() }}
	})
}

func TestErasureLeavesNoTrace(t *testing.T) {
	url := storetest.Postgres(t)
	s := connect(t, url)
	db := plain(t, url)
	storetest.NoTrace(t, s, db, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
}
