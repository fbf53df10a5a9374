package store

import (
	"context"
	"time"
)

// Point is a line of a patient's ledger of points.
type Point struct {
	Seq       int64
	PatientID string
	Amount    int    // negative = spent or taken back
	Reason    string // one of the reasons below
	Ref       string // what for: a visit, an invitation; the same reason for the same thing counts once
	At        time.Time
}

// Reasons of a Point.
const (
	ForVisit      = "visit"      // came
	ForComing     = "invited"    // came by somebody's invitation
	ForInvitation = "invitation" // somebody came by theirs
	ForPayment    = "spent"
	ForReturn     = "returned" // one of the above was a mistake
	ForCorrection = "corrected"
)

// Points are the ledger of a loyalty programme. Lines are appended and never changed; the balance is their sum.
type Points interface {
	// AddPoints appends lines; one whose (patient, reason, ref) is there already is left out. It tells which are new.
	AddPoints(ctx context.Context, p []Point) (fresh []bool, err error)
	// PointsOf is the patient's ledger, oldest first.
	PointsOf(ctx context.Context, patient string) ([]Point, error)
	Balance(ctx context.Context, patient string) (int, error)
}

// AddPoints implements Points.
func (t *tx) AddPoints(ctx context.Context, points []Point) ([]bool, error) {
	fresh := make([]bool, len(points))
	for i, p := range points {
		if t.erased[p.PatientID] {
			continue
		}
		n, err := t.insert(ctx, "adding points", `INSERT INTO points (patient_id, amount, reason, ref, at_us)`,
			[][]any{{p.PatientID, p.Amount, p.Reason, p.Ref, micros(p.At)}}, `ON CONFLICT (patient_id, reason, ref) DO NOTHING`)
		if err != nil {
			return nil, err
		}
		fresh[i] = n > 0
	}
	return fresh, nil
}

// PointsOf implements Points.
func (t *tx) PointsOf(ctx context.Context, patient string) ([]Point, error) {
	return query(ctx, t, "reading points", func(p *Point) []any {
		return []any{&p.Seq, &p.PatientID, &p.Amount, &p.Reason, &p.Ref, at{&p.At}}
	}, `SELECT seq, patient_id, amount, reason, ref, at_us FROM points WHERE patient_id = $1 ORDER BY seq`, patient)
}

// Balance implements Points.
func (t *tx) Balance(ctx context.Context, patient string) (int, error) {
	n, err := t.number(ctx, "counting points", `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM points WHERE patient_id = $1`, patient)
	return int(n), err
}
