package actions

import (
	"context"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

// campaignSnooze asks the campaigns to leave the patient alone for a while.
func campaignSnooze() Action {
	return Action{
		Action: dialogs.Action{
			Name: "campaign.snooze", Does: "Откладывает рассылки этому пациенту.",
			With:     []dialogs.Param{need("for", dialogs.Duration)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			until := s.Now.Add(arg[time.Duration](s, "for"))
			return ends("done"), s.tell(ctx, "campaign.snoozed", until.UTC().Format(time.RFC3339), "")
		},
	}
}
