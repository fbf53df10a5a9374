package store

import (
	"context"
	"fmt"
	"time"
)

// How long after a message something is taken to come of it.
const (
	answersWithin = 72 * time.Hour
	stopsWithin   = 7 * 24 * time.Hour
	booksWithin   = 30 * 24 * time.Hour
)

// TouchCounts implements Numbers.
func (t *tx) TouchCounts(ctx context.Context, spans []Span) ([]TouchCount, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	const answers = `'answer.understood', 'answer.missed', 'answer.unclear'`
	if err := t.whole(ctx); err != nil {
		return nil, err
	}
	return query(ctx, t, "counting what timelines did", func(c *TouchCount) []any {
		return []any{&c.Span, &c.Timeline, &c.Class, &c.Channel, &c.Outcome, &c.Count, &c.Answered, &c.Stopped, &c.Booked, &c.Came}
	}, spanTable(spans)+`, noted AS (
		SELECT s.span, t.* FROM touches t JOIN spans s ON `+within("t.at_us")+` WHERE t.about NOT LIKE 'branch/%'
	), sent AS (
		SELECT DISTINCT seq, timeline, at_us, contact_id, patient_id FROM noted WHERE outcome = 'sent' AND contact_id <> ''
	), heard AS (
		SELECT contact_id, task, at_us FROM events WHERE at_us >= $1 AND name IN (`+answers+`)
	), begun AS (
		SELECT contact_id, task, value, at_us FROM events WHERE at_us >= $2 AND name = 'dialog.started' AND value LIKE 'timeline %'
	), answered AS (
		SELECT t.seq FROM sent t JOIN heard h ON h.contact_id = t.contact_id AND h.at_us > t.at_us AND h.at_us <= t.at_us + $3
		UNION SELECT t.seq FROM sent t JOIN begun b ON b.contact_id = t.contact_id AND b.value = 'timeline ' || t.timeline AND b.at_us = t.at_us
			JOIN heard h ON h.contact_id = b.contact_id AND h.task = b.task
	), stopped AS (
		SELECT DISTINCT t.seq FROM sent t JOIN contacts c ON c.id = t.contact_id JOIN consents k ON k.patient_id = c.patient_id
		WHERE k.kind IN ('advertising', 'care') AND NOT k.given AND k.at_us > t.at_us AND k.at_us <= t.at_us + $4
			AND (k.kind = 'care' OR EXISTS (SELECT 1 FROM consents g
				WHERE g.patient_id = k.patient_id AND g.kind = k.kind AND g.given AND g.seq < k.seq)) -- a refusal takes nothing back
	), booked AS (
		SELECT t.seq, max(CASE WHEN a.status IN ('arrived', 'fulfilled') THEN 1 ELSE 0 END) AS came
		FROM sent t JOIN appointments a ON a.patient_id = t.patient_id AND a.created_us > t.at_us AND a.created_us <= t.at_us + $5
		GROUP BY t.seq
	)
	SELECT t.span, t.timeline, t.class, t.channel, t.outcome, count(*), count(r.seq), count(o.seq), count(b.seq), COALESCE(sum(b.came), 0)
	FROM noted t LEFT JOIN answered r ON r.seq = t.seq LEFT JOIN stopped o ON o.seq = t.seq LEFT JOIN booked b ON b.seq = t.seq
	GROUP BY t.span, t.timeline, t.class, t.channel, t.outcome ORDER BY t.span, t.timeline, t.class, t.channel, t.outcome`,
		earliest(spans), earliest(spans), answersWithin.Microseconds(), stopsWithin.Microseconds(), booksWithin.Microseconds())
}

// TestCounts implements Numbers. A text is noted as the event test.shown, a time in the touch.
func (t *tx) TestCounts(ctx context.Context, s Span, tests []TestVariant, now time.Time) ([]TestCount, error) {
	if len(tests) == 0 {
		return nil, nil
	}
	if err := t.whole(ctx); err != nil {
		return nil, err
	}
	var p params
	from, to, seen := p.add(micros(s.From)), p.add(micros(s.To)), p.add(micros(now))
	rows := ""
	for i, v := range tests {
		if i > 0 {
			rows += ", "
		}
		rows += fmt.Sprintf("(CAST(%s AS TEXT), CAST(%s AS TEXT), CAST(%s AS TEXT), CAST(%s AS TEXT), CAST(%d AS BIGINT))",
			p.add(v.Test), p.add(v.Variant), p.add(v.Test+"="+v.Variant), p.add(v.Goal), v.Within.Microseconds())
	}
	return query(ctx, t, "counting tests", func(c *TestCount) []any {
		return []any{&c.Test, &c.Variant, &c.Shown, &c.Judged, &c.Reached}
	}, `WITH tests (test, variant, value, goal, within_us) AS (VALUES `+rows+`), seen AS (
		SELECT value, contact_id, patient_id, at_us FROM events WHERE name = 'test.shown' AND at_us >= `+from+` AND at_us < `+to+`
		UNION ALL SELECT variant, contact_id, patient_id, at_us FROM touches
		WHERE variant <> '' AND outcome = 'sent' AND at_us >= `+from+` AND at_us < `+to+`
	), shown AS (
		SELECT k.test, k.variant, k.goal, k.within_us, x.patient_id, min(x.contact_id) AS contact_id, min(x.at_us) AS at_us
		FROM seen x JOIN tests k ON k.value = x.value GROUP BY k.test, k.variant, k.goal, k.within_us, x.patient_id
	), goals AS (
		SELECT name, contact_id, patient_id, at_us FROM events WHERE at_us >= `+from+` AND name IN (SELECT goal FROM tests)
	), reached AS (
		SELECT x.test, x.variant, x.patient_id FROM shown x JOIN goals g
		ON g.name = x.goal AND g.patient_id = x.patient_id AND g.at_us >= x.at_us AND g.at_us <= x.at_us + x.within_us
		UNION SELECT x.test, x.variant, x.patient_id FROM shown x JOIN goals g
		ON g.name = x.goal AND g.contact_id = x.contact_id AND g.contact_id <> '' AND g.at_us >= x.at_us AND g.at_us <= x.at_us + x.within_us
	)
	SELECT x.test, x.variant, count(*), sum(CASE WHEN x.at_us + x.within_us <= `+seen+` THEN 1 ELSE 0 END),
		sum(CASE WHEN x.at_us + x.within_us <= `+seen+` AND r.patient_id IS NOT NULL THEN 1 ELSE 0 END)
	FROM shown x LEFT JOIN reached r ON r.test = x.test AND r.variant = x.variant AND r.patient_id = x.patient_id
	GROUP BY x.test, x.variant ORDER BY x.test, x.variant`, p...)
}
