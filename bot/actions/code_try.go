package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// codeTry joins the chats of one person.
func codeTry() Action {
	return Action{
		Action: dialogs.Action{
			Name: "code.try", Does: "Проверяет код из другого чата; верный делает из двух карточек одну.",
			With:     []dialogs.Param{need("code", dialogs.Text)},
			Outcomes: []string{string(CodeRight), string(CodeWrong), string(CodeOver)}, Needs: []string{"personal"}, Effect: true,
		},
		Changes: Consents | Visits,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			tried, err := s.Talks.TryCode(ctx, arg[string](s, "code"))
			return ends(string(tried)), err
		},
	}
}
