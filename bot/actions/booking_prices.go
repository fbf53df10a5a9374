package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// bookingPrices lists the prices of a section.
func bookingPrices() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.prices", Does: "Находит цены раздела.",
			With:     []dialogs.Param{want("group", dialogs.GroupKind)},
			Gives:    []dialogs.Param{listOf("prices", dialogs.PriceKind)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			prices := s.Clinic.In(s.View.Language).Prices(s.section())
			if len(prices) == 0 {
				return ends("none"), nil
			}
			return gives("found", "prices", pointers(prices)), nil
		},
	}
}
