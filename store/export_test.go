package store

import "context"

// MigrateTo goes only up to the numbered step, as an older careline did.
func MigrateTo(ctx context.Context, s Store, step int) error {
	return s.(interface {
		migrate(context.Context, int) error
	}).migrate(ctx, step)
}
