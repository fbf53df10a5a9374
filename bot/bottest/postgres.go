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
	db, err := postgres.Open(t.Context(), storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
