package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// talkElsewhere finds what the person began in another messenger.
func talkElsewhere() Action {
	return Action{
		Action: dialogs.Action{
			Name: "talk.elsewhere", Does: "Ищет разговор, который человек начал в другом мессенджере и не закончил: где и о чём.",
			Gives:    []dialogs.Param{need("messenger", dialogs.Text), want("matter", dialogs.Text)},
			Outcomes: []string{"none", "found"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			found, err := s.Talks.Elsewhere(ctx)
			if err != nil || found == nil {
				return ends("none"), err
			}
			given := map[string]any{"messenger": found.Messenger}
			if found.Matter != "" {
				given["matter"] = found.Matter
			}
			return engine.Result{Outcome: "found", Gives: given}, nil
		},
	}
}
