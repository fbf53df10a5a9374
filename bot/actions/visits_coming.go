package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// visitsComing lists the visits of the person and their family that are still to come.
func visitsComing() Action {
	return Action{
		Action: dialogs.Action{
			Name: "visits.coming", Does: "Находит будущие визиты человека и его близких.",
			Gives:    []dialogs.Param{listOf("visits", dialogs.VisitKind)},
			Outcomes: []string{"found", "none"}, Needs: []string{"personal"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			visits, err := s.Reception.Coming(ctx, s.Tx, s.matter(), s.Now)
			if err != nil || len(visits) == 0 {
				return ends("none"), err
			}
			return gives("found", "visits", pointers(visits)), nil
		},
	}
}
