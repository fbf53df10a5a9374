package actions

import (
	"context"
	"errors"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
)

// bookingCancel ends a visit; its time is free at once.
func bookingCancel() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.cancel", Does: "Отменяет визит и освобождает время.",
			With:     []dialogs.Param{need("visit", dialogs.VisitKind), want("reason", dialogs.Word)},
			Outcomes: []string{"cancelled", "too_late"}, Needs: []string{"personal"}, Effect: true,
		},
		Changes: Visits,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			visit, err := s.Reception.Cancel(ctx, s.Tx, s.matter(), arg[*dialogs.Visit](s, "visit").ID, arg[string](s, "reason"), s.Now)
			switch {
			case errors.Is(err, booking.ErrTooLate):
				return ends("too_late"), nil
			case err != nil:
				return engine.Result{}, err
			}
			return ends("cancelled"), s.Desk.Tell(ctx, s.Tx, desk.News{What: desk.Cancelled, Visit: visit.ID, Contact: s.Contact.ID}, s.Now)
		},
	}
}
