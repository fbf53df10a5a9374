package store

import (
	"context"
	"fmt"
	"time"
)

// EachVisit implements Numbers.
func (t *tx) EachVisit(ctx context.Context, spans []Span, f func(VisitFact)) error {
	if len(spans) == 0 {
		return nil
	}
	const doing = "counting visits"
	rows, err := t.QueryContext(ctx, spanTable(spans)+`
		SELECT s.span, a.branch, a.service, a.parts, COALESCE(c.channel, ''), COALESCE(c.source, ''), a.status, a.confirmed, a.first, COALESCE(r.value, 0)
		FROM appointments a JOIN spans s ON `+within("a.start_us")+`
		LEFT JOIN contacts c ON c.id = a.contact_id LEFT JOIN ratings r ON r.appointment_id = a.id
		WHERE a.status <> 'entered-in-error'`)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var v VisitFact
		var parts []Part
		if err := rows.Scan(&v.Span, &v.Branch, &v.Service, decoded{&parts}, &v.Channel, &v.Source, &v.Status, &v.Confirmed, &v.First, &v.Rating); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		if len(parts) > 0 {
			v.Practitioner = parts[0].Practitioner
		}
		f(v)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	return nil
}

// Returning implements Numbers.
func (t *tx) Returning(ctx context.Context, spans []Span) ([]Return, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	return query(ctx, t, "counting visits of those who return", func(r *Return) []any {
		return []any{&r.Span, &r.Since, &r.Visits}
	}, spanTable(spans)+`, came AS (
		SELECT start_us, start_us - lag(start_us) OVER (PARTITION BY patient_id ORDER BY start_us) AS away_us
		FROM appointments WHERE status IN ('arrived', 'fulfilled') AND patient_id IS NOT NULL
	), sorted AS (
		SELECT s.span, CASE WHEN c.away_us IS NULL THEN 'new' WHEN c.away_us < $1 THEN 'within_6_months' WHEN c.away_us < $2 THEN '6_to_12_months'
			ELSE 'longer' END AS since FROM came c JOIN spans s ON `+within("c.start_us")+`
	)
	SELECT span, since, count(*) FROM sorted GROUP BY span, since ORDER BY span, since`,
		halfYear.Microseconds(), wholeYear.Microseconds())
}

// The lengths of Absence; a year has days to spare, for nobody comes on the very day.
const (
	halfYear  = 182 * 24 * time.Hour
	wholeYear = 380 * 24 * time.Hour
)

// Came implements Numbers.
func (t *tx) Came(ctx context.Context, s Span) (visits, patients int, err error) {
	type both struct{ visits, patients int }
	found, err := query(ctx, t, "counting visits and patients", func(b *both) []any { return []any{&b.visits, &b.patients} },
		`SELECT count(*), count(DISTINCT patient_id) FROM appointments
		WHERE status IN ('arrived', 'fulfilled') AND patient_id IS NOT NULL AND start_us >= $1 AND start_us < $2`, micros(s.From), micros(s.To))
	if err != nil || len(found) == 0 {
		return 0, 0, err
	}
	return found[0].visits, found[0].patients, nil
}

// Returned implements Numbers.
func (t *tx) Returned(ctx context.Context, before, since Span) (were, returned int, err error) {
	type both struct{ were, returned int }
	found, err := query(ctx, t, "counting patients who returned", func(b *both) []any { return []any{&b.were, &b.returned} },
		`WITH came AS (
			SELECT patient_id, start_us FROM appointments WHERE status IN ('arrived', 'fulfilled') AND patient_id IS NOT NULL
		), were AS (
			SELECT DISTINCT patient_id FROM came WHERE start_us >= $1 AND start_us < $2
		)
		SELECT count(*), count(c.patient_id) FROM were w
		LEFT JOIN (SELECT DISTINCT patient_id FROM came WHERE start_us >= $3 AND start_us < $4) c ON c.patient_id = w.patient_id`,
		micros(before.From), micros(before.To), micros(since.From), micros(since.To))
	if err != nil || len(found) == 0 {
		return 0, 0, err
	}
	return found[0].were, found[0].returned, nil
}
