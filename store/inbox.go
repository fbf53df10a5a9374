package store

import (
	"context"
	"fmt"
	"time"
)

// Arrived implements Inbox.
func (t *tx) Arrived(ctx context.Context, in []Input) (fresh []bool, behind map[string]bool, err error) {
	contacts := make([]string, len(in))
	for i, v := range in {
		contacts[i] = v.ContactID
	}
	if err := t.keep(ctx, contacts); err != nil {
		return nil, nil, err
	}
	if behind, err = t.queued(ctx, contacts); err != nil {
		return nil, nil, err
	}
	seen, err := t.known(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	fresh = make([]bool, len(in))
	for i, v := range in {
		fresh[i] = !seen[idOf(v)]
		seen[idOf(v)] = true // the second of two in one delivery
	}
	return fresh, behind, nil
}

// queued are those of the contacts that have input waiting. Of a contact that was erased while we waited for the lock
// nothing may be kept: the transaction has to meet whoever is at the address now.
func (t *tx) queued(ctx context.Context, contacts []string) (map[string]bool, error) {
	type found struct {
		contact string
		erased  bool
	}
	var p params
	list := p.add(contacts)
	all, err := query(ctx, t, "looking for waiting inputs", func(f *found) []any { return []any{&f.contact, &f.erased} },
		`SELECT contact_id, FALSE FROM inbox WHERE state = 'waiting' AND contact_id = ANY(`+list+`)
		UNION ALL SELECT id, TRUE FROM contacts WHERE id = ANY(`+list+`) AND erased_us > 0`, p...)
	queued := map[string]bool{}
	for _, f := range all {
		if f.erased {
			return nil, fmt.Errorf("taking a message of somebody who was erased meanwhile: %w", errChanged)
		}
		queued[f.contact] = true
	}
	return queued, err
}

// idOf is an input's name in the world: its channel and its id there.
func idOf(v Input) [2]string { return [2]string{v.Channel, clean(v.ExternalID)} }

// known are the names of those inputs that the inbox has already.
func (t *tx) known(ctx context.Context, in []Input) (map[[2]string]bool, error) {
	known := map[[2]string]bool{}
	for len(in) > 0 {
		some := in[:t.portion(len(in), 2)]
		in = in[len(some):]
		rows := make([][]any, len(some))
		for i, v := range some {
			rows[i] = []any{v.Channel, v.ExternalID}
		}
		table, args := t.table(rows)
		found, err := query(ctx, t, "looking for repeated inputs", func(v *[2]string) []any { return []any{&v[0], &v[1]} },
			`WITH came (channel, id) AS (`+table+`) SELECT channel, id FROM came
			WHERE EXISTS (SELECT 1 FROM inbox i WHERE i.channel = came.channel AND i.external_id = came.id `+atOnce+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			known[v] = true
		}
	}
	return known, nil
}

// Accept implements Inbox.
func (t *tx) Accept(ctx context.Context, in []Input) (int, error) {
	silent := func(v Input) bool { return v.Kind != MessageInput || v.Unkept || t.erased[v.ContactID] }
	var quiet []string
	lines, err := t.numbered(ctx, len(in), func(i int) string {
		if silent(in[i]) {
			quiet = append(quiet, in[i].ContactID)
			return ""
		}
		return in[i].ContactID
	})
	if err != nil {
		return 0, err
	}
	if err := t.exist(ctx, quiet); err != nil {
		return 0, err
	}
	rows := make([][]any, len(in))
	for i, v := range in {
		state, payload := "waiting", v.Payload
		if !v.EndedAt.IsZero() {
			state = "done"
			if silent(v) {
				payload = nil
			}
		}
		rows[i] = []any{v.Channel, v.ExternalID, v.ContactID, lines[i], v.Kind, payload, micros(v.ReceivedAt), state, micros(v.EndedAt)}
	}
	n, err := t.insert(ctx, "accepting inputs",
		`INSERT INTO inbox (channel, external_id, contact_id, line, kind, payload, received_us, state, ended_us)`, rows,
		`ON CONFLICT (channel, external_id) DO NOTHING`)
	return int(n), err
}

// atOnce ends the condition that there is some row: the planner is to look for it row by row, by the index. It would
// rather join, and whoever joins with a queue that was empty when the plan was made reads all of it for each row.
const atOnce = `LIMIT 1 OFFSET 0`

// oldest is the condition that nothing of the contact waits ahead of input i.
const oldest = ` NOT EXISTS (SELECT 1 FROM inbox ahead
	WHERE ahead.contact_id = i.contact_id AND ahead.state = 'waiting' AND ahead.seq < i.seq ` + atOnce + `) `

// Ready implements Inbox. Locking the input beside the thread makes PostgreSQL look again at a row that
// another worker finished after this statement began.
func (t *tx) Ready(ctx context.Context, now time.Time, limit int) ([]string, error) {
	return query(ctx, t, "choosing contacts", scalar[string],
		`SELECT i.contact_id FROM inbox i JOIN threads h ON h.contact_id = i.contact_id
		WHERE i.ended_us = 0 AND i.due_us <= $1 AND`+oldest+
			`ORDER BY i.due_us, i.seq `+atMost("$2")+` `+t.dialect.SkipLocked, micros(now), limit)
}

// Waiting implements Inbox.
func (t *tx) Waiting(ctx context.Context, contacts []string, perContact int) ([]Input, error) {
	if len(contacts) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading inputs", func(v *Input) []any {
		return []any{&v.Seq, &v.Channel, &v.ExternalID, &v.ContactID, &v.Kind, raw{&v.Payload}, at{&v.ReceivedAt}, &v.Attempts}
	}, `SELECT seq, channel, external_id, contact_id, kind, payload, received_us, attempts FROM (
			SELECT inbox.*, row_number() OVER (PARTITION BY contact_id ORDER BY seq) AS place
			FROM inbox WHERE state = 'waiting' AND contact_id = ANY(`+p.add(contacts)+`)
		) AS queue WHERE place <= `+p.add(perContact)+` ORDER BY seq`, p...)
}

// Done implements Inbox.
func (t *tx) Done(ctx context.Context, seqs []int64, at time.Time) error {
	if len(seqs) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "finishing inputs",
		`UPDATE inbox SET state = 'done', ended_us = `+p.add(micros(at))+`, due_us = 0,
			payload = CASE WHEN line > 0 THEN payload ELSE '' END
		WHERE seq = ANY(`+p.add(seqs)+`)`, p...)
	return err
}

// Forget implements Inbox.
func (t *tx) Forget(ctx context.Context, seqs []int64) error {
	if len(seqs) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "forgetting inputs", `UPDATE inbox SET payload = '', line = 0 WHERE seq = ANY(`+p.add(seqs)+`)`, p...)
	return err
}

// Failed implements Inbox.
func (t *tx) Failed(ctx context.Context, seq int64, reason string, again time.Time) (int, error) {
	n, err := query(ctx, t, "counting a failure", scalar[int],
		`UPDATE inbox SET attempts = attempts + 1, reason = $1, due_us = $2
		WHERE seq = $3 AND state = 'waiting' RETURNING attempts`, reason, micros(again), seq)
	if err != nil {
		return 0, err
	}
	if len(n) == 0 {
		return 0, fmt.Errorf("counting a failure of input %d: %w", seq, ErrNotFound)
	}
	return n[0], nil
}

// Park implements Inbox.
func (t *tx) Park(ctx context.Context, seq int64, reason string, at time.Time) error {
	_, err := t.exec(ctx, "parking an input",
		`UPDATE inbox SET state = 'parked', reason = $1, ended_us = $2 WHERE seq = $3`, reason, micros(at), seq)
	return err
}

// NextTry implements Inbox.
func (t *tx) NextTry(ctx context.Context) (time.Time, error) {
	us, err := t.number(ctx, "looking for the next try",
		`SELECT i.due_us FROM inbox i WHERE i.ended_us = 0 AND i.due_us > 0 AND`+oldest+`ORDER BY i.due_us LIMIT 1`)
	return moment(us), err
}
