package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// courseSteps are the visits and dates that doctors have set for the patient and that are still ahead.
func courseSteps() Action {
	return Action{
		Action: dialogs.Action{
			Name: "course.steps", Does: "Показывает, что назначил врач: визиты курса лечения и даты профилактики, которые ещё впереди.",
			Gives:    []dialogs.Param{listOf("steps", dialogs.CourseStepKind)},
			Outcomes: []string{"some", "none"}, Needs: []string{"personal"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			steps, err := s.Reception.StepsOf(ctx, s.Tx, s.matter(), s.Now)
			if err != nil || len(steps) == 0 {
				return ends("none"), err
			}
			return gives("some", "steps", pointers(steps)), nil
		},
	}
}
