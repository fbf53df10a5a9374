package api

import (
	"context"
	"time"

	"careline/bot/booking"
	"careline/store"
)

func (n names) ref() booking.Ref { return booking.Ref{ID: n.ID, External: n.External} }

// visit is what became of a visit.
type visit struct {
	names
	Reason string `json:"reason"` // of a cancellation: a word for the numbers
	status string
}

func (v *visit) check() *problem {
	if v.Reason != "" && (v.status != store.StatusCancelled || !isID(v.Reason)) {
		return bad("data.reason is a short word, and only of visit.cancelled")
	}
	return v.names.check()
}

func (v *visit) apply(ctx context.Context, e *Events, tx store.Tx, at, now time.Time) (booking.Effect, error) {
	said := booking.Outcome{Visit: v.ref(), Status: v.status, Reason: v.Reason, At: at}
	_, effect, err := e.Reception.Report(ctx, tx, matter, said, now)
	return effect, err
}

// confirmation: the patient has told the clinic that they will come.
type confirmation struct{ names }

func (c *confirmation) apply(ctx context.Context, e *Events, tx store.Tx, _, now time.Time) (booking.Effect, error) {
	return e.Reception.Promise(ctx, tx, matter, c.ref(), now)
}
