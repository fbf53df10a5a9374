package bottest

import (
	"testing"

	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// Postgres is an empty database on a real server.
func Postgres(t testing.TB) store.Store {
	t.Helper()
	return PostgresAt(t, storetest.Postgres(t))
}

// PostgresAt is the database with this address, made ready.
func PostgresAt(t testing.TB, url string) store.Store {
	t.Helper()
	db, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
