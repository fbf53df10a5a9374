package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// bookingPriceGroups lists the sections of the price list.
func bookingPriceGroups() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.price_groups", Does: "Находит разделы прайса.",
			Gives:    []dialogs.Param{listOf("groups", dialogs.GroupKind)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			groups := s.Clinic.In(s.View.Language).PriceGroups()
			if len(groups) == 0 {
				return ends("none"), nil
			}
			return gives("found", "groups", pointers(groups)), nil
		},
	}
}
