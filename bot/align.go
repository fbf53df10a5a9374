package bot

import (
	"context"

	"careline/bot/booking"
)

// align keeps coming visits at the hours that patients were told, when laws or careline.yaml have moved a clock. The
// clinic opens all the same when that fails.
func (b *Bot) align(ctx context.Context) {
	reception := &booking.Reception{Clinic: b.Folder.Clinic, IDs: b.IDs}
	stuck, err := reception.Realign(ctx, b.Store, b.Clock.Now())
	switch {
	case err != nil:
		b.Log.Error("visits could not be compared with their branches' clocks", "error", err)
	case len(stuck) > 0:
		b.Log.Warn("a changed clock moves visits onto others: give one of each two another time", "visits", stuck)
	}
}
