package store

import (
	"context"
	"time"
)

// Now implements Leases.
func (t *tx) Now(ctx context.Context) (time.Time, error) {
	us, err := t.number(ctx, "asking the database's clock", t.dialect.Now)
	return moment(us), err
}

// Lease implements Leases.
func (t *tx) Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	n, err := t.exec(ctx, "taking a lease", `INSERT INTO leases (name, holder, until_us) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_us = excluded.until_us
		WHERE leases.holder = excluded.holder OR leases.until_us <= $4`, name, holder, micros(until), micros(now))
	return n == 1, err
}

// Unlease implements Leases.
func (t *tx) Unlease(ctx context.Context, name, holder string) error {
	_, err := t.exec(ctx, "giving a lease back", `DELETE FROM leases WHERE name = $1 AND holder = $2`, name, holder)
	return err
}

// Lapse implements Leases.
func (t *tx) Lapse(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forgetting leases", `DELETE FROM leases WHERE until_us < $1`, micros(before))
	return err
}
