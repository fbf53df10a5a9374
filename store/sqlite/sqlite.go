// Package sqlite keeps careline's records in one file, with nothing to set up.
package sqlite

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"

	"careline/store"
)

// readers is how many transactions may read at the same time; the writer is one.
const readers = 4

// Open opens the database in the file at path and makes the file and its folder when they are absent.
// The schema is made by Migrate.
func Open(path string) (store.Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the database's folder: %w", err)
	}
	write, err := pool(path, 1, "immediate")
	if err != nil {
		return nil, err
	}
	if err := write.Ping(); err != nil {
		_ = write.Close()
		return nil, fmt.Errorf("opening the database %s: %w", path, err)
	}
	read, err := pool(path, readers, "deferred", "query_only(1)", "cache_size(-2000)")
	if err != nil {
		return nil, err
	}
	return &file{Database: store.Over(write, read, dialect()), path: path}, nil
}

func pool(path string, size int, lock string, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": append([]string{
		"busy_timeout(10000)", // first, so that the others wait for their turn too
		"journal_mode(WAL)",
		"synchronous(FULL)",
		"foreign_keys(1)",
		"secure_delete(1)", // what is erased is overwritten in the file
		"temp_store(MEMORY)",
		"cache_size(-8000)", // kB, of each connection
	}, pragmas...)}
	address := url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode()}
	plain, err := sqlite.NewConnector(address.String())
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db := sql.OpenDB(connector{plain})
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}
