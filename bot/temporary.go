package bot

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"careline/store"
	"careline/store/sqlite"
)

// Temporary is a database for trying things out; the returned function closes and removes it.
func Temporary(ctx context.Context) (store.Store, func(), error) {
	dir, err := os.MkdirTemp("", "careline-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	db, err := sqlite.Open(filepath.Join(dir, "careline.db"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	remove := func() {
		_ = db.Close()
		_ = os.RemoveAll(dir) // the machine clears its temporary folder too
	}
	if err := db.Migrate(ctx); err != nil {
		remove()
		return nil, nil, err
	}
	return db, remove, nil
}
