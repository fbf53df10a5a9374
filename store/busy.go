package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Busy implements Appointments.
func (t *tx) Busy(ctx context.Context, practitioners []string, from, to, now time.Time) ([]Busy, error) {
	if len(practitioners) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading taken time", func(b *Busy) []any {
		return []any{&b.ID, &b.Practitioner, at{&b.Start}, at{&b.End}, &b.Kind, maybe{&b.Appointment}, maybe{&b.Hold}, at{&b.Until}}
	}, `SELECT id, practitioner, start_us, end_us, kind, appointment_id, hold_id, until_us FROM busy
		WHERE practitioner = ANY(`+p.add(practitioners)+`) AND end_us > `+p.add(micros(from))+` AND start_us < `+p.add(micros(to))+`
			AND (hold_id IS NULL OR until_us > `+p.add(micros(now))+`)
		ORDER BY practitioner, start_us`, p...)
}

// CloseTime implements Appointments. Holds give way to it.
func (t *tx) CloseTime(ctx context.Context, b Busy) error {
	b.Kind = Unavailable
	return t.Savepoint(ctx, func() error {
		part := []Part{{Practitioner: b.Practitioner, Start: b.Start, End: b.End}}
		if err := t.clearHolds(ctx, part, time.Time{}); err != nil {
			return err
		}
		return t.take(ctx, part, func(int) Busy { return b })
	})
}

// OpenTime implements Appointments.
func (t *tx) OpenTime(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "opening time", `DELETE FROM busy WHERE id = $1 AND kind = 'busy-unavailable'`, id)
	return err
}

// queue waits until nobody else takes time of the practitioners on the days of the parts, so that those who want one
// slot come after each other and do not deadlock in the constraint. Other days go on.
func (t *tx) queue(ctx context.Context, parts []Part) error {
	if t.dialect.LockNames == "" {
		return t.open(ctx, parts)
	}
	days := map[string]bool{}
	for _, p := range parts {
		for _, at := range []time.Time{p.Start, p.End} {
			days[p.Practitioner+at.UTC().Format(time.DateOnly)] = true
		}
	}
	_, err := t.exec(ctx, "waiting for a practitioner's day", t.dialect.LockNames, slices.Sorted(maps.Keys(days)))
	return err
}

// open makes the rows that busy time refers to where there are no other locks.
func (t *tx) open(ctx context.Context, parts []Part) error {
	var rows [][]any
	for _, p := range parts {
		rows = append(rows, []any{p.Practitioner})
	}
	_, err := t.insert(ctx, "opening a calendar", `INSERT INTO calendars (practitioner)`, rows, `ON CONFLICT (practitioner) DO NOTHING`)
	return err
}

// clearHolds removes the holds in the way of parts: those over at now, or all when now is zero.
func (t *tx) clearHolds(ctx context.Context, parts []Part, now time.Time) error {
	if err := t.queue(ctx, parts); err != nil {
		return err
	}
	for _, v := range parts {
		var p params
		over := ""
		if !now.IsZero() {
			over = ` AND until_us <= ` + p.add(micros(now))
		}
		_, err := t.exec(ctx, "clearing holds", `DELETE FROM holds WHERE id IN (SELECT hold_id FROM busy
			WHERE practitioner = `+p.add(v.Practitioner)+` AND end_us > `+p.add(micros(v.Start))+`
				AND start_us < `+p.add(micros(v.End))+` AND hold_id IS NOT NULL`+over+`)`, p...)
		if err != nil {
			return err
		}
	}
	return nil
}

// take writes the parts as stretches of busy time; of gives everything of a stretch but the part.
func (t *tx) take(ctx context.Context, parts []Part, of func(i int) Busy) error {
	rows := make([][]any, len(parts))
	for i, p := range parts {
		b := of(i)
		rows[i] = []any{b.ID, p.Practitioner, micros(p.Start), micros(p.End), string(b.Kind),
			none(b.Appointment), none(b.Hold), micros(b.Until)}
	}
	_, err := t.insert(ctx, "taking time",
		`INSERT INTO busy (id, practitioner, start_us, end_us, kind, appointment_id, hold_id, until_us)`, rows, "")
	return err
}

func partID(owner string, i int) string { return fmt.Sprintf("%s/%d", owner, i) }
