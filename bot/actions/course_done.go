package actions

import (
	"context"
	"errors"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/dialogs"
)

// courseDone takes the patient's word that what the doctor has set was done; nobody asks about it again.
func courseDone() Action {
	return Action{
		Action: dialogs.Action{
			Name: "course.done", Does: "Отмечает шаг лечения или дату профилактики сделанными: больше о них не спросим.",
			With:     []dialogs.Param{need("step", dialogs.CourseStepKind)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			err := s.Reception.CompleteStep(ctx, s.Tx, s.matter(), arg[*dialogs.CourseStep](s, "step").ID, s.Now)
			if errors.Is(err, booking.ErrStep) { // the doctor called it off meanwhile
				err = nil
			}
			return ends("done"), err
		},
	}
}
