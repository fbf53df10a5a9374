package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"text/template"
)

// Dialect is all in which one database differs from another.
type Dialect struct {
	// SkipLocked ends a SELECT whose rows the transaction keeps for itself, leaving out those that
	// another one keeps; empty where there is only one writer.
	SkipLocked string
	// Lock ends a SELECT whose rows the transaction keeps for itself, waiting for those that another one
	// keeps; empty where there is only one writer.
	Lock string
	// LockNames locks a list of names, one after the other, until the transaction ends; empty where there is only
	// one writer.
	LockNames string
	// Now asks the database's own clock, in microseconds.
	Now string
	// Lists: unnest makes rows of parameters that are lists, the columns.
	Lists bool
	// Settled is a condition on events: no older event can still appear. Empty where commits are in order.
	Settled string
	// Reading are the options of a transaction that sees one picture.
	Reading sql.TxOptions
	// Whole prepares a transaction for reading whole tables, where statements are planned to find single rows; empty
	// where nothing need be done.
	Whole string
	// Schema gives the migrations the words in which databases differ: identity, writer, append_only
	// TABLE, no_overlap, lean: how tables that every message writes are kept, and bytewise: a text that is compared by
	// its bytes.
	Schema template.FuncMap
	// LockSchema makes one process at a time migrate, until the transaction ends.
	LockSchema string
	// Failure sorts an error of the driver.
	Failure func(error) Failure
	// Notify tells the other processes of topics when tx commits; nil where there are none.
	Notify func(ctx context.Context, tx *sql.Tx, topics []Topic) error
}

// Failure is what an error of a database means to careline.
type Failure int

// The kinds of failure.
const (
	Other     Failure = iota
	Overlap           // two stretches of time would overlap
	Duplicate         // a unique key exists
	Again             // the transaction may succeed when repeated
	Full              // no room on the disk
	Gone              // the database cannot be reached
)

// Errors that tell what is wrong with the database rather than with the request.
var (
	ErrDuplicate   = errors.New("exists already")
	ErrFull        = errors.New("the disk of the database is full: free some space, nothing is lost")
	ErrUnavailable = errors.New("the database cannot be reached")
	ErrNewer       = errors.New("the database was made by a newer careline")
)

// explain joins a driver's error with the one that callers know.
func (d *Dialect) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	known := map[Failure]error{Overlap: ErrTaken, Duplicate: ErrDuplicate, Full: ErrFull, Gone: ErrUnavailable}
	if e, ok := known[d.Failure(err)]; ok {
		return fmt.Errorf("%w (%w)", e, err)
	}
	return err
}
