package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	erased map[string]bool
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

// insert writes rows with few statements: head VALUES rows tail. It returns how many rows changed.
func (t *tx) insert(ctx context.Context, doing, head string, rows [][]any, tail string) (int64, error) {
	var changed int64
	for len(rows) > 0 {
		n := t.portion(len(rows), len(rows[0]))
		i, err := t.exec(ctx, doing, head+" VALUES "+tuples(n, len(rows[0]))+" "+tail, slices.Concat(rows[:n]...)...)
		if err != nil {
			return 0, err
		}
		changed, rows = changed+i, rows[n:]
	}
	return changed, nil
}

// portion is how many of n rows go into one statement: a power of two, for few different texts, so that
// prepared ones are used again, and no more parameters than the database binds quickly.
func (t *tx) portion(n, width int) int {
	p := 1
	for p*2 <= n && p*2*width <= t.dialect.Parameters {
		p *= 2
	}
	return p
}

// tuples are rows of numbered parameters: ($1,$2),($3,$4).
func tuples(rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%width == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	b.WriteByte(')')
	return b.String()
}

// params collects the arguments of a statement whose text has lists in it.
type params []any

// add is the parameter of one value.
func (p *params) add(v any) string {
	*p = append(*p, v)
	return fmt.Sprintf("$%d", len(*p))
}

// in is the list of parameters of values, at least one; the last value is repeated up to a power of two
// so that prepared statements are used again.
func in[T any](p *params, values []T) string {
	size := 1
	for size < len(values) {
		size *= 2
	}
	names := make([]string, size)
	for i := range names {
		names[i] = p.add(values[min(i, len(values)-1)])
	}
	return "(" + strings.Join(names, ",") + ")"
}

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
