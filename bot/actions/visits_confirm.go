package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// visitsConfirm notes that the patient is coming.
func visitsConfirm() Action {
	return Action{
		Action: dialogs.Action{
			Name: "visits.confirm", Does: "Отмечает, что пациент придёт.",
			With:     []dialogs.Param{listOf("visits", dialogs.VisitKind)},
			Outcomes: []string{"confirmed"}, Effect: true,
		},
		Changes: Visits,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			var ids []string
			for _, v := range arg[[]any](s, "visits") {
				if visit, ok := v.(*dialogs.Visit); ok {
					ids = append(ids, visit.ID)
				}
			}
			return ends("confirmed"), s.Reception.Confirm(ctx, s.Tx, s.matter(), ids, s.Now)
		},
	}
}
