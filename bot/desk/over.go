package desk

import (
	"context"
	"time"

	"careline/store"
)

// over notes how a ticket ended, and what was said of it for colleagues.
func (d *Desk) over(ctx context.Context, tx store.Tx, k store.Ticket, t Turn, now time.Time) error {
	if err := d.note(ctx, tx, "ticket."+endings[t.Do], k, t.Account, now); err != nil || t.Do != Close || t.Text == "" {
		return err
	}
	return d.remark(ctx, tx, k, Speaker{Name: t.Author, Account: t.Account, Room: t.Room}, t.Text, now)
}
