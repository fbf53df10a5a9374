package actions

import (
	"context"
	"strconv"

	"careline/bot/engine"
	"careline/dialogs"
)

// ratingSave keeps one rating per visit; a later one replaces it.
func ratingSave() Action {
	return Action{
		Action: dialogs.Action{
			Name: "rating.save", Does: "Сохраняет оценку визита; повторная заменяет прежнюю.",
			With:     []dialogs.Param{need("visit", dialogs.VisitKind), need("rating", dialogs.Rating)},
			Outcomes: []string{"saved"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			visit, value := arg[*dialogs.Visit](s, "visit"), int(arg[float64](s, "rating"))
			if err := s.Reception.Rate(ctx, s.Tx, s.matter(), visit.ID, value, s.Now); err != nil {
				return engine.Result{}, err
			}
			return engine.Result{Outcome: "saved"}, s.tell(ctx, "rating.given", strconv.Itoa(value), visit.ID)
		},
	}
}
