package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Put implements Outbox. What waits ahead is looked at under the lock on the chat, so nothing comes between.
func (t *tx) Put(ctx context.Context, out []Output) error {
	lines, err := t.numbered(ctx, len(out), func(i int) string { return out[i].ContactID })
	if err != nil {
		return err
	}
	if err := t.claimable(ctx, out); err != nil {
		return err
	}
	if err := t.overtaken(ctx, out); err != nil {
		return err
	}
	rows := make([][]any, len(out))
	for i, v := range out {
		before := micros(v.NotBefore)
		due := before
		if v.Holder != "" {
			due = micros(v.Until)
		}
		rows[i] = []any{v.ID, v.ContactID, lines[i], v.Channel, v.Chat, v.Class, v.Author, v.Account, v.Payload, micros(v.CreatedAt),
			before, micros(v.NotAfter), v.Priority, v.Ref, v.Changes, v.Holder, due}
	}
	_, err = t.insert(ctx, "putting messages out", `INSERT INTO outbox (id, contact_id, line, channel, chat, class, author, account, payload, created_us,
		not_before_us, not_after_us, priority, ref, changes, holder, due_us)`, rows, "")
	return err
}

// claimable takes the holder from messages that are for later or have to wait behind what is in nobody's or in
// another's hands.
func (t *tx) claimable(ctx context.Context, out []Output) error {
	contacts := map[string][]string{} // by holder
	for i := range out {
		if !out[i].NotBefore.IsZero() {
			out[i].Holder = ""
		}
		if h := out[i].Holder; h != "" {
			contacts[h] = append(contacts[h], out[i].ContactID)
		}
	}
	for holder, of := range contacts {
		behind, err := query(ctx, t, "looking for what waits ahead", scalar[string],
			`SELECT contact_id FROM outbox WHERE state = 'waiting' AND contact_id = ANY($1) AND not_before_us = 0 AND holder <> $2`, of, holder)
		if err != nil {
			return err
		}
		for i := range out {
			if out[i].Holder == holder && slices.Contains(behind, out[i].ContactID) {
				out[i].Holder = ""
			}
		}
	}
	return nil
}

// first is the condition that message o is the next one of its contact. The order is by the moment from
// which a message may go and then by line, so one that is put for tomorrow holds up no answer of today.
const first = ` NOT EXISTS (SELECT 1 FROM outbox ahead
	WHERE ahead.contact_id = o.contact_id AND ahead.state = 'waiting'
	AND (ahead.not_before_us, ahead.line) < (o.not_before_us, o.line) ` + atOnce + `) `

// among narrows messages o to channels; none = all.
func among(p *params, channels []string) string {
	if len(channels) == 0 {
		return ""
	}
	return ` AND o.channel = ANY(` + p.add(channels) + `)`
}

// Claim implements Outbox.
func (t *tx) Claim(ctx context.Context, channels []string, holder string, now, until time.Time, limit int) ([]Output, error) {
	var p params
	narrow := among(&p, channels)
	out, err := query(ctx, t, "claiming messages", func(v *Output) []any {
		return []any{&v.Seq, &v.ID, &v.ContactID, &v.Channel, &v.Chat, &v.Class, &v.Author, raw{&v.Payload},
			at{&v.CreatedAt}, at{&v.NotBefore}, at{&v.NotAfter}, &v.Attempts, &v.Priority, &v.Done, &v.Ref, &v.Holder, at{&v.Until}}
	}, `WITH due AS (
			SELECT o.seq FROM outbox o
			WHERE o.ended_us = 0 AND o.due_us <= `+p.add(micros(now))+narrow+` AND`+first+
		`ORDER BY o.priority, o.due_us, o.seq `+atMost(p.add(limit))+` `+t.dialect.SkipLocked+`
		)
		UPDATE outbox SET holder = `+p.add(holder)+`, due_us = `+p.add(micros(until))+`
		WHERE seq IN (SELECT seq FROM due)
		RETURNING line, id, contact_id, channel, chat, class, author, payload, created_us, not_before_us, not_after_us, attempts, priority, done, ref, holder, due_us`, p...)
	slices.SortFunc(out, func(a, b Output) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return out, err
}

// Sent implements Outbox. The condition on not_before_us, which always holds, names the index of those that wait.
func (t *tx) Sent(ctx context.Context, done []Delivery) (behind bool, err error) {
	ids := make([]string, len(done))
	for i, d := range done {
		ids[i] = d.ID
	}
	for rest := done; len(rest) > 0; {
		some := rest[:t.portion(len(rest), 3)]
		rest = rest[len(some):]
		rows := make([][]any, len(some))
		for i, d := range some {
			rows[i] = []any{d.ID, d.Receipt, micros(d.At)}
		}
		table, args := t.table(rows)
		waiting, err := query(ctx, t, "noting messages as sent", scalar[bool],
			`WITH news (id, receipt, at_us) AS (`+table+`)
			UPDATE outbox SET state = 'sent', receipt = news.receipt, ended_us = news.at_us,
				holder = '', due_us = 0, attempts = attempts + 1
			FROM news WHERE outbox.id = news.id RETURNING EXISTS (SELECT 1 FROM outbox behind
				WHERE behind.contact_id = outbox.contact_id AND behind.state = 'waiting'
				AND behind.not_before_us >= 0 AND behind.holder = '')`, args...)
		if err != nil {
			return false, err
		}
		behind = behind || slices.Contains(waiting, true)
	}
	return behind, t.forgetSent(ctx, ids)
}

// Receipts implements Outbox.
func (t *tx) Receipts(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	found, err := query(ctx, t, "reading receipts", func(d *Delivery) []any { return []any{&d.ID, &d.Receipt} },
		`SELECT id, receipt FROM outbox WHERE receipt <> '' AND id = ANY(`+p.add(ids)+`)`, p...)
	receipts := make(map[string]string, len(found))
	for _, d := range found {
		receipts[d.ID] = d.Receipt
	}
	return receipts, err
}

// Later implements Outbox.
func (t *tx) Later(ctx context.Context, id string, done int, reason string, again time.Time) error {
	_, err := t.exec(ctx, "putting a message off",
		`UPDATE outbox SET due_us = $1, reason = $2, done = $3, attempts = attempts + 1
		WHERE id = $4 AND state = 'waiting' AND holder = ''`, micros(again), reason, done, id)
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
		`DELETE FROM outbox WHERE id = ANY(`+p.add(ids)+`) AND EXISTS
			(SELECT 1 FROM contacts c WHERE c.id = outbox.contact_id AND c.erased_us > 0)`, p...)
	return err
}

// Yield implements Outbox. It locks the chats first: what is put meanwhile either is given back with the rest or sees
// that it has to wait behind it. A transaction that was to make a contact may have failed: such a contact has nothing.
func (t *tx) Yield(ctx context.Context, holder string, contacts []string) ([]string, error) {
	if len(contacts) == 0 || holder == "" {
		return nil, nil
	}
	strangers, err := t.keepKnown(ctx, contacts)
	if err == nil && len(strangers) > 0 {
		if err = t.await(ctx, strangers); err == nil {
			_, err = t.keepKnown(ctx, strangers)
		}
	}
	if err != nil {
		return nil, err
	}
	var p params
	return query(ctx, t, "giving messages back", scalar[string],
		`UPDATE outbox SET holder = '', due_us = not_before_us
		WHERE state = 'waiting' AND holder = `+p.add(holder)+` AND contact_id = ANY(`+p.add(contacts)+`) RETURNING id`, p...)
}

// Reclaim implements Outbox.
func (t *tx) Reclaim(ctx context.Context, now time.Time) (int, error) {
	n, err := t.exec(ctx, "taking messages back from processes that are gone",
		`UPDATE outbox SET holder = '', due_us = not_before_us WHERE holder <> '' AND state = 'waiting' AND NOT EXISTS
			(SELECT 1 FROM leases l WHERE l.name = '`+ProcessLease+`' || outbox.holder AND l.until_us > $1)`, micros(now))
	if n > 0 {
		t.Wake(OutboxTopic)
	}
	return int(n), err
}

// Release implements Outbox.
func (t *tx) Release(ctx context.Context, holder string) error {
	_, err := t.exec(ctx, "releasing messages",
		`UPDATE outbox SET holder = '', due_us = not_before_us WHERE holder = $1 AND holder <> '' AND state = 'waiting'`, holder)
	return err
}

// NextSend implements Outbox. Each priority has its own stretch of the index.
func (t *tx) NextSend(ctx context.Context, channels []string) (time.Time, error) {
	var p params
	narrow := among(&p, channels)
	var each []string
	for priority := AnswerFirst; priority <= CampaignLast; priority++ {
		each = append(each, `SELECT * FROM (SELECT CASE WHEN o.due_us = 0 THEN 1 ELSE o.due_us END AS due FROM outbox o
			WHERE o.ended_us = 0 AND o.priority = `+strconv.Itoa(priority)+narrow+` AND`+first+`ORDER BY o.due_us LIMIT 1) AS next`)
	}
	us, err := t.number(ctx, "looking for the next message",
		strings.Join(each, " UNION ALL ")+` ORDER BY due LIMIT 1`, p...)
	return moment(us), err
}
