package actions

import (
	"context"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

// campaignSnooze asks the campaigns to leave the patient alone for a while; the one that it answers comes again then. Who asked for longer already keeps it.
func campaignSnooze() Action {
	return Action{
		Action: dialogs.Action{
			Name: "campaign.snooze", Does: "Откладывает рассылки этому пациенту.",
			With:     []dialogs.Param{need("for", dialogs.Duration)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			until := s.Now.Add(arg[time.Duration](s, "for"))
			if err := s.Journey.Postpone(ctx, s.Tx, s.Contact.ID, s.Me.ID, s.Origin, until, s.Now); err != nil {
				return engine.Result{}, err
			}
			if err := s.Tx.Snooze(ctx, s.Patient.ID, until); err != nil {
				return engine.Result{}, err
			}
			return ends("done"), s.tell(ctx, "campaign.snoozed", until.UTC().Format(time.RFC3339), "")
		},
	}
}
