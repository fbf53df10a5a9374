package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// deskCame asks the administrators whether the patient came to a visit that is over.
func deskCame() Action {
	return Action{
		Action: dialogs.Action{
			Name: "desk.came", Does: "Спрашивает администраторов, состоялся ли визит; если уже отмечено — не спрашивает.",
			With:     []dialogs.Param{need("visit", dialogs.VisitKind)},
			Outcomes: []string{"asked"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			return ends("asked"), s.Desk.AskOutcome(ctx, s.Tx, arg[*dialogs.Visit](s, "visit").ID, s.Now)
		},
	}
}
