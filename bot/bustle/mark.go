package bustle

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

// mark says of the visits of the last hours that the patients came, but for the one that has just ended: the newcomer says it.
func (p Parts) mark(ctx context.Context, now time.Time) error {
	var visits []store.Appointment
	err := p.Store.Read(ctx, func(tx store.Tx) (err error) {
		visits, err = tx.AppointmentsBetween(ctx, "", now.Add(-day), now.Add(time.Minute))
		return err
	})
	if err != nil {
		return fmt.Errorf("reading the day: %w", err)
	}
	var newest string
	var ended time.Time
	for _, v := range visits {
		if v.Status == store.StatusBooked && !v.End.After(now) && v.End.After(ended) {
			newest, ended = v.ID, v.End
		}
	}
	for _, v := range visits {
		status := store.StatusFulfilled
		if v.End.After(now) {
			status = store.StatusArrived
		}
		if v.Status != store.StatusBooked || v.ID == newest || v.Start.After(now) {
			continue
		}
		if err := p.AtVisit(ctx, v.ID, status); err != nil {
			return fmt.Errorf("saying that a patient came: %w", err)
		}
	}
	return nil
}
