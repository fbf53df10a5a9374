package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// tx is a transaction; its methods stand in one file per port.
type tx struct {
	*sql.Tx
	dialect *Dialect
	topics  []Topic
	depth   int
	threads map[string]*thread // that are locked, by contact
	// erased are the contacts and patients that Erase emptied in this transaction: what the running
	// step still knows of them is not written again.
	erased  map[string]bool
	changed Changes
}

var _ Tx = (*tx)(nil)

// Wake implements Tx.
func (t *tx) Wake(topic Topic) {
	if !slices.Contains(t.topics, topic) {
		t.topics = append(t.topics, topic)
	}
}

// Savepoint implements Tx.
func (t *tx) Savepoint(ctx context.Context, f func() error) error {
	t.depth++
	defer func() { t.depth-- }()
	name := fmt.Sprintf("s%d", t.depth)
	topics, erased := len(t.topics), maps.Clone(t.erased)
	if _, err := t.exec(ctx, "setting a savepoint", "SAVEPOINT "+name); err != nil {
		return err
	}
	if err := f(); err != nil {
		t.topics, t.erased = t.topics[:topics], erased
		if _, back := t.exec(ctx, "going back to a savepoint", "ROLLBACK TO SAVEPOINT "+name); back != nil {
			return fmt.Errorf("%w; %w", err, back)
		}
		return err
	}
	_, err := t.exec(ctx, "releasing a savepoint", "RELEASE SAVEPOINT "+name)
	return err
}

// exec runs a statement and returns how many rows it changed. An error is wrapped in what was being done.
func (t *tx) exec(ctx context.Context, doing, text string, args ...any) (int64, error) {
	r, err := t.ExecContext(ctx, text, storable(args)...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	n, err := r.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	return n, nil
}

// query reads all rows; fields gives the places of one row's columns.
func query[T any](ctx context.Context, t *tx, doing string, fields func(*T) []any, text string, args ...any) ([]T, error) {
	rows, err := t.QueryContext(ctx, text, storable(args)...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(fields(&one)...); err != nil {
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	return all, nil
}

// scalar are the fields of a row with one column.
func scalar[T any](v *T) []any { return []any{v} }

// number reads one number; no row is 0.
func (t *tx) number(ctx context.Context, doing, text string, args ...any) (int64, error) {
	n, err := query(ctx, t, doing, scalar[int64], text, args...)
	if err != nil || len(n) == 0 {
		return 0, err
	}
	return n[0], nil
}

// insert writes rows: head rows tail. It returns how many rows changed.
func (t *tx) insert(ctx context.Context, doing, head string, rows [][]any, tail string) (int64, error) {
	var changed int64
	for len(rows) > 0 {
		n := t.portion(len(rows), len(rows[0]))
		table, args := t.table(rows[:n])
		i, err := t.exec(ctx, doing, head+" "+table+" "+tail, args...)
		if err != nil {
			return 0, err
		}
		changed, rows = changed+i, rows[n:]
	}
	return changed, nil
}

// params collects the arguments of a statement whose text is put together.
type params []any

// add is the parameter of one value; of a list, for = ANY.
func (p *params) add(v any) string {
	*p = append(*p, v)
	return "$" + strconv.Itoa(len(*p))
}

// atMost ends a statement after so many rows. SQLite prepares one anew whenever a bare parameter stands there, so as to
// plan by its value.
func atMost(parameter string) string { return "LIMIT CAST(" + parameter + " AS BIGINT)" }

// latest keeps the last of those with the same key: one statement may change a row only once.
func latest[T any](list []T, key func(T) string) []T {
	place := map[string]int{}
	var kept []T
	for _, v := range list {
		if i, ok := place[key(v)]; ok {
			kept[i] = v
			continue
		}
		place[key(v)] = len(kept)
		kept = append(kept, v)
	}
	return kept
}
