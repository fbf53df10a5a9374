package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// visitsFeeling notes how the patient is after the visit. What troubles them stays with the answers, for care staff.
func visitsFeeling() Action {
	return Action{
		Action: dialogs.Action{
			Name: "visits.feeling", Does: "Отмечает самочувствие после визита.",
			With:     []dialogs.Param{need("visit", dialogs.VisitKind), needWord("feeling", "good", "bit", "bad", "question"), want("trouble", dialogs.Story)},
			Outcomes: []string{"saved"}, Needs: []string{"health"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			return ends("saved"), s.Reception.Feel(ctx, s.Tx, s.matter(), arg[*dialogs.Visit](s, "visit").ID, arg[string](s, "feeling"), s.Now)
		},
	}
}
