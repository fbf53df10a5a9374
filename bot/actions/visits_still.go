package actions

import (
	"context"
	"slices"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// visitsStill leaves of some visits those that are still to come, as they are now: a question about them may have
// stood for hours.
func visitsStill() Action {
	return Action{
		Action: dialogs.Action{
			Name: "visits.still", Does: "Оставляет из визитов те, что ещё впереди и в силе, какими они стали теперь.",
			With:     []dialogs.Param{listOf("visits", dialogs.VisitKind)},
			Gives:    []dialogs.Param{listOf("visits", dialogs.VisitKind)},
			Outcomes: []string{"found", "none"}, Needs: []string{"personal"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			visits, err := s.Reception.ByID(ctx, s.Tx, s.View.Language, idsOf(arg[[]any](s, "visits")), s.Now)
			if err != nil {
				return engine.Result{}, err
			}
			visits = slices.DeleteFunc(visits, func(v *dialogs.Visit) bool {
				return !slices.Contains(standing, v.Status) || !v.End.At.After(s.Now)
			})
			if len(visits) == 0 {
				return ends("none"), nil
			}
			return gives("found", "visits", pointers(visits)), nil
		},
	}
}

// standing are the statuses of a visit that takes place.
var standing = []string{store.StatusPending, store.StatusBooked, store.StatusArrived}

func idsOf(visits []any) []string {
	var ids []string
	for _, v := range visits {
		if visit, ok := v.(*dialogs.Visit); ok {
			ids = append(ids, visit.ID)
		}
	}
	return ids
}
