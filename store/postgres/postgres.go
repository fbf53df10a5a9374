// Package postgres keeps careline's records in PostgreSQL, for clinics that run several replicas.
package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"careline/store"
)

// connections of the pool where the address says nothing (pool_max_conns).
const connections = 16

// parameters of a session that the address does not set. Every statement finds its rows by an index: a plan that was
// made while a table was still small must not read all of it when it has grown.
var parameters = map[string]string{
	"application_name":                    "careline",
	"idle_in_transaction_session_timeout": "10000", // ms; the chats that a hung process has locked wait no longer
	"plan_cache_mode":                     "force_generic_plan",
	"enable_seqscan":                      "off",
	"jit":                                 "off",
}

// database is a store that hears what other processes commit.
type database struct {
	*store.Database
	pool *pgxpool.Pool
	stop func()
}

// Open makes ready for the server at url (postgres://user:password@host/name), which need not be there yet:
// whatever is asked of an absent one is store.ErrUnavailable, and breaks heal by themselves. The schema is made
// by Migrate.
func Open(ctx context.Context, url string) (store.Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("reading the database's address: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = connections
	}
	for name, value := range parameters {
		if config.ConnConfig.RuntimeParams[name] == "" {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("making connections: %w", err)
	}
	db := &database{Database: over(pool), pool: pool}
	db.stop = listen(config.ConnConfig, db.Signal)
	return db, nil
}

func over(pool *pgxpool.Pool) *store.Database {
	db := stdlib.OpenDBFromPool(pool)
	return store.Over(db, db, dialect())
}

// Close implements store.Store.
func (db *database) Close() error {
	db.stop()
	err := db.Database.Close()
	db.pool.Close()
	return err
}
