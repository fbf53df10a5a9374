package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// talkLeave ends what was begun in another messenger.
func talkLeave() Action {
	return Action{
		Action: dialogs.Action{
			Name: "talk.leave", Does: "Прекращает начатое в другом мессенджере: человек начинает заново.",
			Outcomes: []string{"left"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			return ends("left"), s.Talks.Leave(ctx)
		},
	}
}
