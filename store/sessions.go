package store

import (
	"context"
	"database/sql"
)

// Sessions is a store that has room for the tables of a messenger's library, which keeps its device's keys itself.
type Sessions interface {
	// Sessions opens a few connections for the library, and names the dialect: "sqlite" or "pgx". Whoever asks closes
	// them.
	Sessions(ctx context.Context, channel string) (db *sql.DB, dialect string, err error)
}
