package actions

import (
	"context"
	"fmt"

	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
)

// privacyErase cancels what is to come and forgets the person; what the law obliges the clinic to keep stays
// without a name.
func privacyErase() Action {
	return Action{
		Action: dialogs.Action{
			Name: "privacy.erase", Does: "Отменяет будущие визиты и стирает переписку, анкету и контакты.",
			Outcomes: []string{"erased"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			matter := s.matter()
			matter.Patient = s.Me.ID
			coming, err := s.Reception.Coming(ctx, s.Tx, matter, s.Now)
			if err != nil {
				return engine.Result{}, err
			}
			if err := s.Reception.LeaveAll(ctx, s.Tx, s.Me.ID, s.Now); err != nil {
				return engine.Result{}, err
			}
			matter.Staff = true // erasure is a right: no visit is too near for it
			for _, v := range coming {
				if _, err := s.Reception.Cancel(ctx, s.Tx, matter, v.ID, "erased", s.Now); err != nil {
					return engine.Result{}, err
				}
				if err := s.Desk.Tell(ctx, s.Tx, desk.News{What: desk.Cancelled, Visit: v.ID, Contact: s.Contact.ID}, s.Now); err != nil {
					return engine.Result{}, err
				}
			}
			if err := s.tell(ctx, "privacy.erased", "", ""); err != nil {
				return engine.Result{}, err
			}
			if err := s.Tx.Erase(ctx, s.Me.ID, s.Now); err != nil {
				return engine.Result{}, fmt.Errorf("erasing a patient: %w", err)
			}
			return engine.Result{Outcome: "erased", Forgets: true}, nil
		},
	}
}
