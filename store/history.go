package store

import (
	"context"
	"math"
	"slices"
	"time"
)

// History implements Outbox: inbox and outbox share one numbering per chat, so their lines merge by it.
func (t *tx) History(ctx context.Context, contact string, after, before int64, limit int) ([]Line, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	lines, err := query(ctx, t, "reading a chat", func(l *Line) []any {
		return []any{&l.Seq, &l.Incoming, &l.Author, &l.Account, raw{&l.Payload}, &l.State, &l.Reason, &l.Receipt, at{&l.At}}
	}, `SELECT * FROM (
			SELECT * FROM (
				SELECT line, TRUE AS incoming, '' AS author, '' AS account, payload, state, '' AS reason, external_id AS receipt, received_us AS at_us
				FROM inbox WHERE contact_id = $1 AND line > $2 AND line < $3 AND line > 0
				ORDER BY line DESC `+atMost("$4")+`) AS written
			UNION ALL
			SELECT * FROM (
				SELECT line, FALSE, author, account, payload, state, reason, receipt, CASE WHEN ended_us > 0 THEN ended_us ELSE created_us END
				FROM outbox WHERE contact_id = $1 AND line > $2 AND line < $3
				ORDER BY line DESC `+atMost("$4")+`) AS said
		) AS chat ORDER BY line DESC `+atMost("$4"), contact, after, before, limit)
	slices.Reverse(lines)
	return lines, err
}

// SaidAbout implements Outbox.
func (t *tx) SaidAbout(ctx context.Context, ref string, since time.Time) ([]Line, error) {
	return query(ctx, t, "reading what was said about a thing", func(l *Line) []any {
		return []any{&l.Seq, &l.Author, &l.Account, raw{&l.Payload}, &l.State, &l.Reason, &l.Receipt, at{&l.At}}
	}, `SELECT line, author, account, payload, state, reason, receipt, CASE WHEN ended_us > 0 THEN ended_us ELSE created_us END
		FROM outbox WHERE ref = $1 AND ref <> '' AND created_us >= $2 ORDER BY seq`, ref, micros(since))
}
