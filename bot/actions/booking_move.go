package actions

import (
	"context"
	"errors"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// bookingMove gives a visit another time and the old one back, in one go.
func bookingMove() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.move", Does: "Переносит визит; прежнее время освобождается в тот же миг.",
			With:     []dialogs.Param{need("visit", dialogs.VisitKind), need("slot", dialogs.SlotKind)},
			Gives:    []dialogs.Param{need("visit", dialogs.VisitKind)},
			Outcomes: []string{"moved", "taken", "too_late"}, Needs: []string{"personal"}, Effect: true,
		},
		Changes: Visits,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			before := arg[*dialogs.Visit](s, "visit")
			visit, err := s.Reception.Move(ctx, s.Tx, s.matter(), before.ID, arg[*dialogs.Slot](s, "slot"), s.Now)
			switch {
			case errors.Is(err, store.ErrTaken):
				return ends("taken"), s.tell(ctx, "slot.taken", "", "")
			case errors.Is(err, booking.ErrTooLate):
				return ends("too_late"), nil
			case err != nil:
				return engine.Result{}, err
			}
			news := desk.News{What: desk.Moved, Visit: visit.ID, Contact: s.Contact.ID, Was: &before.Start}
			return gives("moved", "visit", visit), s.Desk.Tell(ctx, s.Tx, news, s.Now)
		},
	}
}
