package booking

import (
	"context"
	"fmt"
	"slices"

	"careline/store"
)

// own keeps a visit from those whom it does not concern: the desk may do everything, a chat may speak for its
// own patient and for the family. For anybody else there is no such visit: store.ErrNotFound.
func (r *Reception) own(ctx context.Context, tx store.Tx, m Matter, a store.Appointment) error {
	if m.Staff || a.PatientID != "" && a.PatientID == m.Patient {
		return nil
	}
	found, err := tx.Contacts(ctx, []string{m.Contact})
	if err != nil {
		return fmt.Errorf("reading whose chat it is: %w", err)
	}
	for _, c := range found {
		family, err := tx.Family(ctx, c.PatientID)
		if err != nil {
			return fmt.Errorf("reading the family: %w", err)
		}
		if a.PatientID == c.PatientID || slices.ContainsFunc(family, func(p store.Patient) bool { return p.ID == a.PatientID }) {
			return nil
		}
	}
	return fmt.Errorf("reading a visit of somebody else: %w", store.ErrNotFound)
}
