package store

import (
	"context"
	"time"
)

const touchColumns = `timeline, about, moment_us, contact_id, patient_id, channel, class, variant, outcome, at_us`

func touchFields(v *Touch) []any {
	return []any{&v.Seq, &v.Timeline, &v.About, at{&v.Moment}, &v.ContactID, &v.PatientID, &v.Channel, &v.Class, &v.Variant, &v.Outcome, at{&v.At}}
}

// Touch implements Touches.
func (t *tx) Touch(ctx context.Context, touches []Touch) ([]bool, error) {
	first := make([]bool, len(touches))
	for i, v := range touches {
		n, err := t.insert(ctx, "noting what a timeline did", `INSERT INTO touches (`+touchColumns+`)`, [][]any{{
			v.Timeline, v.About, micros(v.Moment), v.ContactID, v.PatientID, v.Channel, v.Class, v.Variant, v.Outcome, micros(v.At),
		}}, `ON CONFLICT (about, timeline, moment_us) DO NOTHING`)
		if err != nil {
			return nil, err
		}
		first[i] = n > 0
	}
	return first, nil
}

// TouchesAbout implements Touches.
func (t *tx) TouchesAbout(ctx context.Context, about []string) ([]Touch, error) {
	if len(about) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading what timelines did", touchFields,
		`SELECT seq, `+touchColumns+` FROM touches WHERE about = ANY(`+p.add(about)+`) ORDER BY seq`, p...)
}

// TouchesOf implements Touches.
func (t *tx) TouchesOf(ctx context.Context, patient string, since time.Time) ([]Touch, error) {
	return query(ctx, t, "reading what timelines did", touchFields,
		`SELECT seq, `+touchColumns+` FROM touches WHERE patient_id = $1 AND at_us >= $2 ORDER BY seq`, patient, micros(since))
}

// Unreached implements Touches.
func (t *tx) Unreached(ctx context.Context, branch, class string, since time.Time) (int, error) {
	n, err := t.number(ctx, "counting whom nobody reached", `SELECT count(*) FROM (
			SELECT DISTINCT patient_id FROM touches WHERE outcome = '`+Unreachable+`' AND class = $1 AND at_us >= $2
		) AS missed WHERE $3 = (SELECT a.branch FROM appointments a WHERE a.patient_id = missed.patient_id ORDER BY a.start_us DESC LIMIT 1)`,
		class, micros(since), branch)
	return int(n), err
}
