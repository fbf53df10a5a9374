package actions

import (
	"context"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

// coursePostpone lets the patient be asked about a step later; the doctor's date and everything else stay.
func coursePostpone() Action {
	return Action{
		Action: dialogs.Action{
			Name: "course.postpone", Does: "Откладывает вопрос об этом шаге лечения: step.postponed скажет, когда спросить снова. Другие сообщения приходят как обычно.",
			With:     []dialogs.Param{need("step", dialogs.CourseStepKind), need("for", dialogs.Duration)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			until := s.Now.Add(arg[time.Duration](s, "for"))
			return ends("done"), s.Reception.PostponeStep(ctx, s.Tx, s.matter(), arg[*dialogs.CourseStep](s, "step").ID, until, s.Now)
		},
	}
}
