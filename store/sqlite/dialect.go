package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"careline/store"
)

// dialect of SQLite: one writer at a time needs no locks, and its commits are in order.
func dialect() store.Dialect {
	return store.Dialect{
		Now:     "SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
		Reading: sql.TxOptions{ReadOnly: true},
		Schema: template.FuncMap{
			"identity":    func() string { return "INTEGER PRIMARY KEY AUTOINCREMENT" },
			"writer":      func() string { return "" },
			"bytes":       func() string { return "BLOB" },
			"append_only": appendOnly,
			"no_overlap":  noOverlap,
			"lean":        func() string { return "" },
			"bytewise":    func() string { return "" },
		},
		Failure: failure,
	}
}

func appendOnly(table string) string {
	var b strings.Builder
	for _, verb := range []string{"UPDATE", "DELETE"} {
		fmt.Fprintf(&b, "CREATE TRIGGER %[1]s_no_%[2]s BEFORE %[2]s ON %[1]s BEGIN SELECT RAISE(ABORT, '%[1]s are only added to'); END;\n", table, verb)
	}
	return b.String()
}

// taken is the message of the triggers that guard a practitioner's time.
const taken = "careline: the time is taken"

// noOverlap looks at one row: nothing overlaps so far, so the stretch that ends first after the new
// start is the only one that can be in the way.
func noOverlap() string {
	var b strings.Builder
	for _, verb := range []string{"INSERT", "UPDATE"} {
		fmt.Fprintf(&b, `
CREATE TRIGGER busy_no_overlap_%[1]s BEFORE %[1]s ON busy
WHEN (SELECT start_us FROM busy
      WHERE practitioner = NEW.practitioner AND end_us > NEW.start_us AND id <> NEW.id
      ORDER BY end_us LIMIT 1) < NEW.end_us
BEGIN SELECT RAISE(ABORT, '%[2]s'); END;
`, verb, taken)
	}
	return b.String()
}

func failure(err error) store.Failure {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return store.Other
	}
	switch {
	case e.Code() == codes.SQLITE_CONSTRAINT_TRIGGER && strings.Contains(e.Error(), taken):
		return store.Overlap
	case e.Code() == codes.SQLITE_CONSTRAINT_UNIQUE, e.Code() == codes.SQLITE_CONSTRAINT_PRIMARYKEY:
		return store.Duplicate
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return store.Again
	case codes.SQLITE_FULL:
		return store.Full
	case codes.SQLITE_CANTOPEN, codes.SQLITE_NOTADB, codes.SQLITE_IOERR, codes.SQLITE_READONLY:
		return store.Gone
	}
	return store.Other
}
