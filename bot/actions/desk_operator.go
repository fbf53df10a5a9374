package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// deskOperator hands the chat to a human. The bot is silent until the desk returns or closes it, or until
// nobody has answered by the deadline.
func deskOperator() Action {
	return Action{
		Action: dialogs.Action{
			Name: "desk.operator", Does: "Передаёт чат администратору и ждёт: вернёт боту, закроет или не ответит в срок.",
			With: []dialogs.Param{
				needWord("reason"), wantWord("priority", "normal", "high", "alarm"), want("visit", dialogs.VisitKind),
			},
			Outcomes: []string{"returned", "closed", "unanswered"}, Effect: true, Later: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			t := s.ticket(arg[string](s, "reason"), arg[string](s, "priority"), arg[*dialogs.Visit](s, "visit"))
			t.Task = s.Task
			if err := s.Desk.Await(ctx, s.Tx, t, s.Now); err != nil {
				return engine.Result{}, err
			}
			owner := dialogs.Operator
			return engine.Result{Waits: true, Owner: &owner}, nil
		},
	}
}
