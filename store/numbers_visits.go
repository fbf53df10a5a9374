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
	return query(ctx, t, "counting patients who return", func(r *Return) []any {
		return []any{&r.Span, &r.Since, &r.Patients}
	}, spanTable(spans)+`, came AS (
		SELECT patient_id, start_us, lag(start_us) OVER (PARTITION BY patient_id ORDER BY start_us) AS before_us
		FROM appointments WHERE status IN ('arrived', 'fulfilled') AND patient_id IS NOT NULL
	), ranked AS (
		SELECT s.span, c.start_us - c.before_us AS away_us, row_number() OVER (PARTITION BY s.span, c.patient_id ORDER BY c.start_us) AS place
		FROM came c JOIN spans s ON `+within("c.start_us")+`
	), firsts AS (
		SELECT span, CASE WHEN away_us IS NULL THEN 'new' WHEN away_us < $1 THEN 'within_6_months' WHEN away_us < $2 THEN '6_to_12_months'
			ELSE 'longer' END AS since FROM ranked WHERE place = 1
	)
	SELECT span, since, count(*) FROM firsts GROUP BY span, since ORDER BY span, since`,
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
