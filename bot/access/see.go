package access

import (
	"context"
	"slices"
	"time"

	"careline/store"
)

// MaySee tells whether the account may know of the patient: a practitioner of those who have, or had, a visit to them.
// To whom the answer is no the patient does not exist.
func MaySee(ctx context.Context, tx store.Tx, a Account, patient string) (bool, error) {
	if !a.May(SeeCards) {
		return false, nil
	}
	if !a.OnlyOwn() {
		return true, nil
	}
	far := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	visits, err := tx.AppointmentsOf(ctx, []string{patient}, time.Time{}, far)
	return err == nil && slices.ContainsFunc(visits, func(v store.Appointment) bool { return a.Treats(v) }), err
}

// Treats tells whether the visit is to the account's own practitioner.
func (a Account) Treats(v store.Appointment) bool {
	return a.Practitioner != "" && v.Status != store.StatusCancelled && v.Status != "entered-in-error" &&
		slices.ContainsFunc(v.Parts, func(p store.Part) bool { return p.Practitioner == a.Practitioner })
}
