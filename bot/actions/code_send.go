package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// codeSend lets the owner of a phone know that it was typed here.
func codeSend() Action {
	return Action{
		Action: dialogs.Action{
			Name: "code.send", Does: "Отправляет код в чат того, кто подтвердил названный здесь телефон; если такого нет, ответ тот же самый, чтобы никто не узнал, чей номер есть в клинике. Для подтверждённого здесь телефона есть code.show.",
			Outcomes: []string{string(CodeSent), string(OwnPhone), string(NoCode)}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			sent, err := s.Talks.SendCode(ctx)
			return ends(string(sent)), err
		},
	}
}
