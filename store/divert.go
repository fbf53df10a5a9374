package store

import (
	"context"
	"time"
)

// diverted is why a message ended that is said in another chat of the person instead.
const diverted = "goes elsewhere"

// Divert implements Outbox. What a sender has in hand is ended too: it asks Unsaid before it sends.
func (t *tx) Divert(ctx context.Context, o Output, at time.Time) error {
	_, err := t.exec(ctx, "taking a message out of a chat",
		`UPDATE outbox SET state = 'dropped', reason = $1, ended_us = $2, holder = '', due_us = 0
		WHERE contact_id = $3 AND ref = $4 AND ref <> '' AND created_us = $5 AND author = '' AND state = 'waiting'`,
		diverted, micros(at), o.ContactID, o.Ref, micros(o.CreatedAt))
	return err
}

// Diverted implements Outbox.
func (t *tx) Diverted(ctx context.Context, contact, ref string, created time.Time) ([]Output, error) {
	out, err := query(ctx, t, "reading what goes elsewhere", func(v *Output) []any {
		return []any{&v.Seq, &v.ID, &v.Class, raw{&v.Payload}, at{&v.CreatedAt}, at{&v.NotAfter}, &v.Priority, &v.Ref}
	}, `SELECT line, id, class, payload, created_us, not_after_us, priority, ref FROM outbox
		WHERE contact_id = $1 AND ref = $2 AND created_us = $3 AND state = 'dropped' AND reason = $4 ORDER BY line`,
		contact, ref, micros(created), diverted)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	_, err = t.exec(ctx, "noting what went elsewhere", `UPDATE outbox SET reason = 'went elsewhere'
		WHERE contact_id = $1 AND ref = $2 AND created_us = $3 AND state = 'dropped' AND reason = $4`, contact, ref, micros(created), diverted)
	return out, err
}

// Stranded implements Outbox.
func (t *tx) Stranded(ctx context.Context, down []string, before time.Time, limit int) ([]Output, error) {
	if len(down) == 0 {
		return nil, nil
	}
	return query(ctx, t, "looking for what is stranded", func(v *Output) []any {
		return []any{&v.ID, &v.ContactID, &v.Channel, &v.Chat, &v.Ref, at{&v.CreatedAt}}
	}, `SELECT o.id, o.contact_id, o.channel, o.chat, o.ref, o.created_us FROM outbox o JOIN contacts c ON c.id = o.contact_id
		WHERE o.ended_us = 0 AND o.state = 'waiting' AND o.ref LIKE '%/%' AND o.author = '' AND o.channel = ANY($1)
		AND (CAST($2 AS BIGINT) = 0 OR o.not_after_us > 0 AND o.not_after_us < CAST($2 AS BIGINT))
		AND EXISTS (SELECT 1 FROM contacts other WHERE other.patient_id = c.patient_id AND other.id <> c.id
			AND other.erased_us = 0 AND other.blocked_us = 0 AND NOT other.channel = ANY($1))
		ORDER BY o.seq `+atMost("$3"), down, micros(before), limit)
}
