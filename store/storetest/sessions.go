package storetest

import (
	"testing"

	"careline/store"
)

// sessions have room for tables of others, which do not mix with ours.
func sessions(t *testing.T, s *stage) {
	db, dialect, err := s.Store.(store.Sessions).Sessions(t.Context(), "whatsapp")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if dialect != "sqlite" && dialect != "pgx" {
		t.Errorf("the dialect is %q", dialect)
	}
	for _, statement := range []string{
		"CREATE TABLE parents (id INTEGER PRIMARY KEY)",
		"CREATE TABLE children (parent INTEGER REFERENCES parents (id) ON DELETE CASCADE)",
		"INSERT INTO parents VALUES (1)", "INSERT INTO children VALUES (1)", "DELETE FROM parents",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	var left int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM children").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d children without a parent: %v", left, err)
	}
}
