package actions

import (
	"context"

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
			if err := s.tell(ctx, "privacy.erased", "", ""); err != nil {
				return engine.Result{}, err
			}
			if err := s.Desk.Erase(ctx, s.Tx, s.Reception, matter, s.Now); err != nil {
				return engine.Result{}, err
			}
			return engine.Result{Outcome: "erased", Forgets: true}, nil
		},
	}
}
