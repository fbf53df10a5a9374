package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// waitlistLeave gives the place in the list up.
func waitlistLeave() Action {
	return Action{
		Action: dialogs.Action{
			Name: "waitlist.leave", Does: "Убирает из листа ожидания.",
			With:     []dialogs.Param{need("wait", dialogs.WaitingKind)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			return ends("done"), s.Reception.Leave(ctx, s.Tx, arg[*dialogs.Waiting](s, "wait").ID, s.Now)
		},
	}
}
