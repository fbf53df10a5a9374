package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// codeRefuse stops somebody who is not the person.
func codeRefuse() Action {
	return Action{
		Action: dialogs.Action{
			Name: "code.refuse", Does: "Человек не просил кода: код больше не действует, администратор узнаёт об этом.",
			Outcomes: []string{"refused"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			if err := s.Talks.RefuseCode(ctx); err != nil {
				return engine.Result{}, err
			}
			return ends("refused"), s.tell(ctx, "code.refused", "", "")
		},
	}
}
