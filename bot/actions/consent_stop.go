package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// consentStop ends a class of messages at once: a consent withdrawn, valid in every chat of the person.
func consentStop() Action {
	return Action{
		Action: dialogs.Action{
			Name: "consent.stop", Does: "Отписывает от рассылки (advertising), вопросов о самочувствии (care) или всего, кроме напоминаний (all).",
			With:     []dialogs.Param{needWord("class", "advertising", "care", "all")},
			Outcomes: []string{"done"}, Effect: true,
		},
		Changes: Consents,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			kinds := []string{arg[string](s, "class")}
			if kinds[0] == "all" {
				kinds = []string{"advertising", "care"}
			}
			for _, kind := range kinds {
				if err := s.consent(ctx, kind, false); err != nil {
					return engine.Result{}, err
				}
			}
			return engine.Result{Outcome: "done"}, nil
		},
	}
}
