package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// bookingDays lists days on which the service can be had.
func bookingDays() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.days", Does: "Находит дни, в которые есть свободное время.",
			With:     []dialogs.Param{need("service", dialogs.ServiceKind), want("doctor", dialogs.PractitionerKind), want("branch", dialogs.BranchKind), want("together", dialogs.YesNo)},
			Gives:    []dialogs.Param{listOf("days", dialogs.Period)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			days, err := s.Reception.Days(ctx, s.Tx, s.matter(), s.ask(), daysShown, s.Now)
			if err != nil || len(days) == 0 {
				return ends("none"), err
			}
			return gives("found", "days", pointers(days)), nil
		},
	}
}

// daysShown fills one page of a list.
const daysShown = 8
