package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// codeSend asks whether two chats of one phone are one person's.
func codeSend() Action {
	return Action{
		Action: dialogs.Action{
			Name: "code.send", Does: "Отправляет код в другой чат с этим же телефоном, если в одном из двух телефон подтверждён; оттуда его надо переписать сюда.",
			Outcomes: []string{"sent", "none"}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			sent, err := s.Talks.SendCode(ctx)
			if err != nil || !sent {
				return ends("none"), err
			}
			return ends("sent"), s.tell(ctx, "code.sent", "", "")
		},
	}
}
