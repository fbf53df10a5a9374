package booking

import (
	"context"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Hold keeps the slot for the task while the person types a name and a phone, and frees what the task
// held before. store.ErrTaken: somebody else has it, or the clinic does not offer it any more.
func (r *Reception) Hold(ctx context.Context, tx store.Tx, m Matter, s *dialogs.Slot, now time.Time) error {
	if err := r.Release(ctx, tx, m); err != nil {
		return err
	}
	slot, ok := r.Clinic.slot(s, now)
	if !ok {
		return fmt.Errorf("holding a slot that is not offered: %w", store.ErrTaken)
	}
	hold := store.Hold{
		ID: r.IDs(), ContactID: m.Contact, Task: m.Task, Service: slot.Service.ID, Branch: slot.Branch.ID, Parts: slot.Parts,
		Until: now.Add(r.Clinic.Booking.Hold),
	}
	if err := r.calendar(tx).HoldTime(ctx, hold, now); err != nil {
		return fmt.Errorf("holding a slot: %w", err)
	}
	return nil
}

// Release frees what the task holds.
func (r *Reception) Release(ctx context.Context, tx store.Tx, m Matter) error {
	if err := r.calendar(tx).FreeHolds(ctx, map[string][]int{m.Contact: {m.Task}}); err != nil {
		return fmt.Errorf("freeing holds: %w", err)
	}
	return nil
}
