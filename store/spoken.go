package store

import (
	"context"
	"time"
)

// Spoken implements Outbox.
func (t *tx) Spoken(ctx context.Context, contact string, after int64, limit int) ([]Line, error) {
	return query(ctx, t, "reading what humans have said", func(l *Line) []any {
		return []any{&l.Seq, &l.Author, &l.Account, raw{&l.Payload}, &l.State, &l.Reason, &l.Receipt, at{&l.At}}
	}, `SELECT line, author, account, payload, state, reason, receipt, created_us FROM outbox
		WHERE contact_id = $1 AND line > $2 AND author <> '' ORDER BY line `+atMost("$3"), contact, after, limit)
}

// SeenIn implements Outbox.
func (t *tx) SeenIn(ctx context.Context, room, contact, receipt string, by, own time.Time) (int64, error) {
	return t.number(ctx, "looking for what a room has seen", `SELECT COALESCE(MAX(line), 0) FROM outbox
		WHERE contact_id = $1 AND author <> '' AND (account = $2 AND created_us <= $3 OR created_us <= (
			SELECT COALESCE(MAX(created_us), 0) FROM outbox
			WHERE contact_id = $2 AND ref = $1 AND state = 'sent' AND (ended_us <= $4 OR receipt = $5 AND receipt <> '')))`,
		contact, room, micros(own), micros(by), receipt)
}
