package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// talkBring lets what was begun in another messenger go on here.
func talkBring() Action {
	return Action{
		Action: dialogs.Action{
			Name: "talk.bring", Does: "Переносит сюда начатое в другом мессенджере; вопрос повторится, когда закончится этот диалог.",
			Outcomes: []string{"brought", "gone"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			tasks, err := s.Talks.Bring(ctx)
			if err != nil || len(tasks) == 0 {
				return ends("gone"), err
			}
			return engine.Result{Outcome: "brought", Brings: tasks}, nil
		},
	}
}
