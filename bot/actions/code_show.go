package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// codeShow lets the owner of a phone join a chat where they have typed it.
func codeShow() Action {
	return Action{
		Action: dialogs.Action{
			Name: "code.show", Does: "Даёт код тому, чей телефон подтверждён: вписанный в чате, где этот телефон только назван, он соединяет оба чата.",
			Gives:    []dialogs.Param{need("code", dialogs.Text)},
			Outcomes: []string{"shown", "none"}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			code, err := s.Talks.ShowCode(ctx)
			if err != nil || code == "" {
				return ends("none"), err
			}
			return engine.Result{Outcome: "shown", Gives: map[string]any{"code": code}}, nil
		},
	}
}
