package actions

import (
	"context"
	"errors"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// bookingHold keeps a time for this task while the person types a name.
func bookingHold() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.hold", Does: "Держит выбранное время, пока человек пишет имя и телефон; прежнее удержание этого дела снимает.",
			With:     []dialogs.Param{need("slot", dialogs.SlotKind)},
			Outcomes: []string{"held", "taken"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			err := s.Reception.Hold(ctx, s.Tx, s.matter(), arg[*dialogs.Slot](s, "slot"), s.Now)
			if errors.Is(err, store.ErrTaken) {
				return ends("taken"), s.tell(ctx, "slot.taken", "", "")
			}
			if err != nil {
				return engine.Result{}, err
			}
			return ends("held"), s.tell(ctx, "slot.held", "", "")
		},
	}
}
