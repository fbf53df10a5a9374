package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"careline/store"
)

// file is a store that knows where it lies.
type file struct {
	*store.Database
	path string
}

// Sessions implements store.Sessions by a file beside ours, careline.db-whatsapp. A messenger's library commits several
// times for each message and holds its transaction while it encrypts; in our own file steps would wait behind it: beside
// a library that receives, a quarter as many went through.
func (f *file) Sessions(ctx context.Context, channel string) (*sql.DB, string, error) {
	db, err := pool(f.path+"-"+channel, readers, "immediate")
	if err != nil {
		return nil, "", err
	}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, "", fmt.Errorf("opening the session's database: %w", err)
	}
	return db, "sqlite", nil
}

var _ store.Sessions = (*file)(nil)
