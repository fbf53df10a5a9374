package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// Put implements Outbox.
func (t *tx) Put(ctx context.Context, out []Output) error {
	lines, err := t.numbered(ctx, len(out), func(i int) string { return out[i].ContactID })
	if err != nil {
		return err
	}
	rows := make([][]any, len(out))
	for i, v := range out {
		before := micros(v.NotBefore)
		rows[i] = []any{v.ID, v.ContactID, lines[i], v.Channel, v.Chat, v.Class, v.Author, v.Payload,
			micros(v.CreatedAt), before, micros(v.NotAfter), before, v.Priority, v.Ref}
	}
	_, err = t.insert(ctx, "putting messages out",
		`INSERT INTO outbox (id, contact_id, line, channel, chat, class, author, payload, created_us, not_before_us, not_after_us, due_us, priority, ref)`,
		rows, "")
	return err
}

// first is the condition that message o is the next one of its contact. The order is by the moment from
// which a message may go and then by line, so one that is put for tomorrow holds up no answer of today.
const first = ` NOT EXISTS (SELECT 1 FROM outbox ahead
	WHERE ahead.contact_id = o.contact_id AND ahead.state = 'waiting'
	AND (ahead.not_before_us, ahead.line) < (o.not_before_us, o.line)) `

// among narrows messages o to channels; none = all.
func among(p *params, channels []string) string {
	if len(channels) == 0 {
		return ""
	}
	return ` AND o.channel IN ` + in(p, channels)
}

// Claim implements Outbox.
func (t *tx) Claim(ctx context.Context, channels []string, holder string, now, until time.Time, limit int) ([]Output, error) {
	var p params
	narrow := among(&p, channels)
	out, err := query(ctx, t, "claiming messages", func(v *Output) []any {
		return []any{&v.Seq, &v.ID, &v.ContactID, &v.Channel, &v.Chat, &v.Class, &v.Author, raw{&v.Payload},
			at{&v.CreatedAt}, at{&v.NotBefore}, at{&v.NotAfter}, &v.Attempts, &v.Priority, &v.Done, &v.Ref}
	}, `WITH due AS (
			SELECT o.seq FROM outbox o
			WHERE o.state = 'waiting' AND o.due_us <= `+p.add(micros(now))+narrow+` AND`+first+
		`ORDER BY o.due_us, o.seq LIMIT `+p.add(limit)+` `+t.dialect.SkipLocked+`
		)
		UPDATE outbox SET holder = `+p.add(holder)+`, due_us = `+p.add(micros(until))+`
		WHERE seq IN (SELECT seq FROM due)
		RETURNING line, id, contact_id, channel, chat, class, author, payload, created_us, not_before_us, not_after_us, attempts, priority, done, ref`, p...)
	slices.SortFunc(out, func(a, b Output) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return out, err
}

// Sent implements Outbox.
func (t *tx) Sent(ctx context.Context, done []Delivery) error {
	ids := make([]string, len(done))
	for i, d := range done {
		ids[i] = d.ID
	}
	for rest := done; len(rest) > 0; {
		some := rest[:t.portion(len(rest), 3)]
		rest = rest[len(some):]
		var p params
		values := make([]string, len(some))
		for i, d := range some {
			values[i] = "(CAST(" + p.add(d.ID) + " AS TEXT), CAST(" + p.add(d.Receipt) + " AS TEXT), CAST(" + p.add(micros(d.At)) + " AS BIGINT))"
		}
		_, err := t.exec(ctx, "noting messages as sent",
			`WITH news (id, receipt, at_us) AS (VALUES `+strings.Join(values, ",")+`)
			UPDATE outbox SET state = 'sent', receipt = news.receipt, ended_us = news.at_us,
				holder = '', due_us = 0, attempts = attempts + 1
			FROM news WHERE outbox.id = news.id`, p...)
		if err != nil {
			return err
		}
	}
	return t.forgetSent(ctx, ids)
}

// Receipts implements Outbox.
func (t *tx) Receipts(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	found, err := query(ctx, t, "reading receipts", func(d *Delivery) []any { return []any{&d.ID, &d.Receipt} },
		`SELECT id, receipt FROM outbox WHERE receipt <> '' AND id IN `+in(&p, ids), p...)
	receipts := make(map[string]string, len(found))
	for _, d := range found {
		receipts[d.ID] = d.Receipt
	}
	return receipts, err
}

// Later implements Outbox.
func (t *tx) Later(ctx context.Context, id string, reason string, again time.Time) error {
	_, err := t.exec(ctx, "putting a message off",
		`UPDATE outbox SET due_us = $1, reason = $2, holder = '', attempts = attempts + 1
		WHERE id = $3 AND state = 'waiting'`, micros(again), reason, id)
	return err
}

// Drop implements Outbox.
func (t *tx) Drop(ctx context.Context, id string, reason string, at time.Time) error {
	_, err := t.exec(ctx, "dropping a message",
		`UPDATE outbox SET state = 'dropped', reason = $1, ended_us = $2, holder = '', due_us = 0
		WHERE id = $3 AND state = 'waiting'`, reason, micros(at), id)
	if err != nil {
		return err
	}
	return t.forgetSent(ctx, []string{id})
}

// forgetSent removes the last words to contacts that were erased.
func (t *tx) forgetSent(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "forgetting an erased contact's last message",
		`DELETE FROM outbox WHERE id IN `+in(&p, ids)+` AND EXISTS
			(SELECT 1 FROM contacts c WHERE c.id = outbox.contact_id AND c.erased_us > 0)`, p...)
	return err
}

// Release implements Outbox.
func (t *tx) Release(ctx context.Context, holder string) error {
	_, err := t.exec(ctx, "releasing messages",
		`UPDATE outbox SET holder = '', due_us = not_before_us WHERE holder = $1 AND holder <> '' AND state = 'waiting'`, holder)
	return err
}

// OutboxDepth implements Outbox.
func (t *tx) OutboxDepth(ctx context.Context) (waiting int, err error) {
	n, err := t.number(ctx, "counting messages to send", `SELECT count(*) FROM outbox WHERE state = 'waiting'`)
	return int(n), err
}

// NextSend implements Outbox.
func (t *tx) NextSend(ctx context.Context, channels []string) (time.Time, error) {
	var p params
	us, err := t.number(ctx, "looking for the next message",
		`SELECT CASE WHEN o.due_us = 0 THEN 1 ELSE o.due_us END FROM outbox o
		WHERE o.state = 'waiting'`+among(&p, channels)+` AND`+first+`ORDER BY o.due_us LIMIT 1`, p...)
	return moment(us), err
}
