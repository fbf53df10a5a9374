package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"careline/store"
)

// sessionConnections are few, for one device works at a time, and stay open while it does: to open one costs the server
// as much as fifty of its messages' statements.
const (
	sessionConnections = 4
	sessionIdle        = 5 * time.Minute
)

// Sessions implements store.Sessions by connections of their own: a library that holds one while it encrypts takes none
// from the steps. Its small tables are planned as usual.
func (db *database) Sessions(context.Context, string) (*sql.DB, string, error) {
	config := db.pool.Config().ConnConfig.Copy()
	for _, name := range []string{"enable_seqscan", "plan_cache_mode", "jit"} {
		delete(config.RuntimeParams, name)
	}
	sessions := stdlib.OpenDB(*config)
	sessions.SetMaxOpenConns(sessionConnections)
	sessions.SetMaxIdleConns(sessionConnections)
	sessions.SetConnMaxIdleTime(sessionIdle)
	return sessions, "pgx", nil
}

var _ store.Sessions = (*database)(nil)
