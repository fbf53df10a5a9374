package actions

import (
	"context"
	"errors"
	"fmt"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// bookingBook makes the visit. A hold that ran out is taken again when the time is still free.
func bookingBook() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.book", Does: "Записывает на приём. taken — время заняли, clash — у пациента в это время другой визит (other).",
			With: []dialogs.Param{
				need("slot", dialogs.SlotKind), need("service", dialogs.ServiceKind), need("patient", dialogs.PatientKind),
				want("offer", dialogs.OfferKind), want("story", dialogs.Story), wantWord("urgency", levels...),
			},
			Gives:    []dialogs.Param{need("visit", dialogs.VisitKind), need("other", dialogs.VisitKind)},
			Outcomes: []string{"booked", "taken", "clash"}, Needs: []string{"personal"}, Effect: true,
		},
		Changes: Visits,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			request := booking.Request{
				Slot: arg[*dialogs.Slot](s, "slot"), Patient: arg[*dialogs.Patient](s, "patient").ID, Key: fmt.Sprintf("%s/%d", s.Contact.ID, s.Task),
			}
			if offer := arg[*dialogs.Offer](s, "offer"); offer != nil {
				request.Offer = offer.ID
			}
			visit, err := s.Reception.Book(ctx, s.Tx, s.matter(), request, s.Now)
			var clash *booking.ClashError
			switch {
			case errors.Is(err, store.ErrTaken):
				return ends("taken"), s.tell(ctx, "slot.taken", "", "")
			case errors.As(err, &clash):
				return gives("clash", "other", clash.Other), nil
			case err != nil:
				return engine.Result{}, err
			}
			news := desk.News{What: desk.Booked, Visit: visit.ID, Contact: s.Contact.ID, Task: s.Task, Urgency: arg[string](s, "urgency")}
			return gives("booked", "visit", visit), s.Desk.Tell(ctx, s.Tx, news, s.Now) // the desk sees a new visit at once
		},
	}
}
