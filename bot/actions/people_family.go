package actions

import (
	"context"
	"fmt"

	"careline/bot/engine"
	"careline/dialogs"
)

// peopleFamily lists whom the person may book for: themselves first, once they are known.
func peopleFamily() Action {
	return Action{
		Action: dialogs.Action{
			Name: "people.family", Does: "Находит близких, которых этот человек уже записывал.",
			Gives:    []dialogs.Param{listOf("people", dialogs.PatientKind)},
			Outcomes: []string{"found", "none"}, Needs: []string{"personal"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			family, err := s.Tx.Family(ctx, s.Me.ID)
			if err != nil {
				return engine.Result{}, fmt.Errorf("reading the family: %w", err)
			}
			if len(family) == 0 {
				return engine.Result{Outcome: "none"}, nil
			}
			people := make([]any, len(family))
			for i, p := range family {
				people[i] = patientOf(p)
			}
			return engine.Result{Outcome: "found", Gives: map[string]any{"people": people}}, nil
		},
	}
}
