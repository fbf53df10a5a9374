package store

import (
	"context"
	"time"
)

// soon is how far ahead the next try of a message, or the end of somebody's claim on it, may lie.
const soon = 15 * time.Minute

func queue(q *Queue) []any { return []any{&q.Channel, &q.Waiting, at{&q.Since}} }

// InQueues implements Queues.
func (t *tx) InQueues(ctx context.Context, limit int) ([]Queue, error) {
	return query(ctx, t, "measuring the inbox", queue,
		`SELECT channel, count(*), min(received_us) FROM
			(SELECT channel, received_us FROM inbox WHERE ended_us = 0 ORDER BY due_us, seq `+atMost("$1")+`) AS looked
		GROUP BY channel ORDER BY channel`, limit)
}

// OutQueues implements Queues.
func (t *tx) OutQueues(ctx context.Context, now time.Time, limit int) ([]Queue, error) {
	return query(ctx, t, "measuring the outbox", queue,
		`SELECT channel, count(*), min(since_us) FROM
			(SELECT channel, CASE WHEN not_before_us > created_us THEN not_before_us ELSE created_us END AS since_us FROM outbox
			WHERE ended_us = 0 AND due_us <= $1 AND not_before_us <= $2 `+atMost("$3")+`) AS looked
		GROUP BY channel ORDER BY channel`, micros(now.Add(soon)), micros(now), limit)
}

// Parked implements Queues.
func (t *tx) Parked(ctx context.Context) (int, error) {
	n, err := t.number(ctx, "counting parked inputs", `SELECT count(*) FROM inbox WHERE state = 'parked'`)
	return int(n), err
}
