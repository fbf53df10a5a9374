package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"careline/store"
	"careline/store/sqlite"
	"careline/store/storetest"
)

func open(t testing.TB) store.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "a clinic's ?#%.db"))
}

func openAt(t testing.TB, path string) store.Store {
	t.Helper()
	s, err := sqlite.Open(path)
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
func plain(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, func(b *testing.B) storetest.Bed {
		path := filepath.Join(b.TempDir(), "clinic.db")
		return storetest.Bed{Store: openAt(b, path), DB: plain(b, path), CPU: storetest.OwnCPU}
	})
}

func TestErasureLeavesNoTrace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	s := openAt(t, path)
	db := plain(t, path)
	storetest.NoTrace(t, s, db, "SELECT name FROM sqlite_master WHERE type = 'table'")

	// Nor does the file keep it in pages that are free.
	if err := errors.Join(db.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte(storetest.Word)) {
		t.Fatal("the word still stands in the file")
	}
}
