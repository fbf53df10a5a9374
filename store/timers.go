package store

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TimerChannel is the channel of inputs that timers left.
const TimerChannel = "timer"

// SetTimers implements Timers.
func (t *tx) SetTimers(ctx context.Context, timers []Timer) error {
	var rows [][]any
	for _, v := range latest(timers, func(v Timer) string { return v.Key }) {
		if !t.erased[v.ContactID] {
			rows = append(rows, []any{v.Key, v.ContactID, micros(v.Due), v.Kind, v.Payload, v.About})
		}
	}
	_, err := t.insert(ctx, "setting timers", `INSERT INTO timers (key, contact_id, due_us, kind, payload, about)`, rows,
		`ON CONFLICT (key) DO UPDATE SET contact_id = excluded.contact_id, due_us = excluded.due_us,
			kind = excluded.kind, payload = excluded.payload, about = excluded.about`)
	return err
}

// CancelTimers implements Timers.
func (t *tx) CancelTimers(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "cancelling timers", `DELETE FROM timers WHERE key = ANY(`+p.add(keys)+`)`, p...)
	return err
}

// Fire implements Timers.
func (t *tx) Fire(ctx context.Context, now time.Time, limit int) (int, error) {
	timers, err := query(ctx, t, "taking due timers", func(v *Timer) []any {
		return []any{&v.Key, &v.ContactID, at{&v.Due}, &v.Kind, raw{&v.Payload}, &v.About}
	}, `WITH due AS (SELECT key FROM timers WHERE due_us <= $1 ORDER BY due_us `+atMost("$2")+` `+t.dialect.SkipLocked+`)
		DELETE FROM timers WHERE key IN (SELECT key FROM due) RETURNING key, contact_id, due_us, kind, payload, about`,
		micros(now), limit)
	if err != nil {
		return 0, err
	}
	byDue(timers)
	rows := make([][]any, len(timers))
	for i, v := range timers {
		rows[i] = []any{TimerChannel, firedID(v), v.ContactID, v.Kind, v.Payload, micros(now)}
	}
	_, err = t.insert(ctx, "accepting due timers",
		`INSERT INTO inbox (channel, external_id, contact_id, kind, payload, received_us)`, rows,
		`ON CONFLICT (channel, external_id) DO NOTHING`)
	return len(timers), err
}

// firedID names the input that a timer becomes. What is planned about a thing may become something else and be due at
// the same moment, when the quiet hours end: that is another input.
func firedID(v Timer) string {
	id := v.Key + "@" + strconv.FormatInt(micros(v.Due), 10)
	if v.About == "" {
		return id
	}
	h := fnv.New64a()
	h.Write(v.Payload)
	return id + "#" + strconv.FormatUint(h.Sum64(), 36)
}

// TimersAbout implements Timers.
func (t *tx) TimersAbout(ctx context.Context, about []string) ([]Timer, error) {
	if len(about) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading timers", func(v *Timer) []any {
		return []any{&v.Key, &v.ContactID, at{&v.Due}, &v.Kind, raw{&v.Payload}, &v.About}
	}, `SELECT key, contact_id, due_us, kind, payload, about FROM timers WHERE about = ANY(`+p.add(about)+`) AND about <> ''
		ORDER BY due_us, key`, p...)
}

// CancelNamed implements Timers.
func (t *tx) CancelNamed(ctx context.Context, prefix string, limit int) (int, error) {
	n, err := t.exec(ctx, "cancelling timers", `DELETE FROM timers WHERE key IN
		(SELECT key FROM timers WHERE key >= $1 AND key < $2 `+atMost("$3")+`)`, prefix, prefix+"\U0010FFFF", limit)
	return int(n), err
}

// NextTimer implements Timers.
func (t *tx) NextTimer(ctx context.Context) (time.Time, error) {
	us, err := t.number(ctx, "looking for the next timer", `SELECT due_us FROM timers ORDER BY due_us LIMIT 1`)
	return moment(us), err
}

func byDue(timers []Timer) {
	slices.SortStableFunc(timers, func(a, b Timer) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Key, b.Key))
	})
}
