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
			return ends("confirmed"), s.Reception.Confirm(ctx, s.Tx, s.matter(), idsOf(arg[[]any](s, "visits")), s.Now)
		},
	}
}
