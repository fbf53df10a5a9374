package store

import (
	"context"
	"time"
)

// Deed is what an account saw or did. It holds ids and nothing else of a patient: it outlives them.
type Deed struct {
	Seq       int64 // given by the database
	At        time.Time
	AccountID string // empty = nobody who is known
	Action    string
	PatientID string
	Ref       string // what else it is about: visit/ID, ticket/ID, account/ID
	Address   string
}

// Deeds chooses; what is empty chooses nothing out.
type Deeds struct {
	Account  string
	Patient  string
	Action   string
	From, To time.Time // [from, to)
	Before   int64     // a Seq: older than that
	Limit    int
}

// Audit is appended and never changed.
type Audit interface {
	NoteDeeds(ctx context.Context, d []Deed) error
	// Deeds are the newest first.
	Deeds(ctx context.Context, d Deeds) ([]Deed, error)
}

// NoteDeeds implements Audit.
func (t *tx) NoteDeeds(ctx context.Context, deeds []Deed) error {
	rows := make([][]any, len(deeds))
	for i, d := range deeds {
		rows[i] = []any{micros(d.At), d.AccountID, d.Action, d.PatientID, d.Ref, d.Address}
	}
	_, err := t.insert(ctx, "noting what was done", `INSERT INTO audit (at_us, account_id, action, patient_id, ref, address)`, rows, "")
	return err
}

// Deeds implements Audit.
func (t *tx) Deeds(ctx context.Context, d Deeds) ([]Deed, error) {
	var p params
	where := `1 = 1`
	if d.Account != "" {
		where += ` AND account_id = ` + p.add(d.Account)
	}
	if d.Patient != "" {
		where += ` AND patient_id <> '' AND patient_id = ` + p.add(d.Patient)
	}
	if d.Action != "" {
		where += ` AND action = ` + p.add(d.Action)
	}
	if !d.From.IsZero() {
		where += ` AND at_us >= ` + p.add(micros(d.From))
	}
	if !d.To.IsZero() {
		where += ` AND at_us < ` + p.add(micros(d.To))
	}
	if d.Before > 0 {
		where += ` AND seq < ` + p.add(d.Before)
	}
	return query(ctx, t, "reading what was done", func(d *Deed) []any {
		return []any{&d.Seq, at{&d.At}, &d.AccountID, &d.Action, &d.PatientID, &d.Ref, &d.Address}
	}, `SELECT seq, at_us, account_id, action, patient_id, ref, address FROM audit WHERE `+where+` ORDER BY seq DESC `+atMost(p.add(d.Limit)), p...)
}
