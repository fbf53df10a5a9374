package postgres

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/stdlib"

	"careline/store"
)

// sessionConnections are few: one device works at a time.
const sessionConnections = 4

// Sessions implements store.Sessions by connections of their own: a library that holds one while it encrypts takes none
// from the steps. Its small tables are planned as usual.
func (db *database) Sessions(context.Context, string) (*sql.DB, string, error) {
	config := db.pool.Config().ConnConfig.Copy()
	for _, name := range []string{"enable_seqscan", "plan_cache_mode", "jit"} {
		delete(config.RuntimeParams, name)
	}
	sessions := stdlib.OpenDB(*config)
	sessions.SetMaxOpenConns(sessionConnections)
	sessions.SetMaxIdleConns(1)
	return sessions, "pgx", nil
}

var _ store.Sessions = (*database)(nil)
