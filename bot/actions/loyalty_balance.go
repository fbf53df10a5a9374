package actions

import (
	"context"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/dialogs"
)

// loyaltyBalance counts the person's points.
func loyaltyBalance() Action {
	return Action{
		Action: dialogs.Action{
			Name: "loyalty.balance", Does: "Считает баллы человека: сколько их, и сколько из них можно списать за визит, если его цена известна.",
			With: []dialogs.Param{want("visit", dialogs.VisitKind)},
			Gives: []dialogs.Param{
				need("balance", dialogs.Number), need("spendable", dialogs.Number), need("points", dialogs.Text),
			},
			Outcomes: []string{"found", "none", "off"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			loyalty := s.Clinic.Loyalty
			if loyalty == nil {
				return ends("off"), nil
			}
			balance, err := s.Tx.Balance(ctx, s.Me.ID)
			if err != nil {
				return engine.Result{}, err
			}
			var price *booking.Price
			if visit := arg[*dialogs.Visit](s, "visit"); visit != nil {
				if service := s.Clinic.Service(visit.Service.ID); service != nil {
					price = service.Price
				}
			}
			title := s.Clinic.In(s.View.Language).Text(loyalty.Title)
			if title == "" {
				title = s.Scripts.Catalogue().Word(s.View.Language, "loyalty.points")
			}
			outcome := "found"
			if balance <= 0 {
				outcome = "none"
			}
			return engine.Result{Outcome: outcome, Gives: map[string]any{
				"balance": float64(balance), "spendable": float64(loyalty.Spendable(balance, price)), "points": title,
			}}, nil
		},
	}
}
