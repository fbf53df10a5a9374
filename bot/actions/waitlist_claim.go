package actions

import (
	"context"
	"errors"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// waitlistClaim holds the time that was found for somebody who waits.
func waitlistClaim() Action {
	return Action{
		Action: dialogs.Action{
			Name: "waitlist.claim", Does: "Держит время, которое освободилось для того, кто ждал.",
			With:     []dialogs.Param{need("slot", dialogs.SlotKind)},
			Outcomes: []string{"held", "gone"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			err := s.Reception.Claim(ctx, s.Tx, s.matter(), arg[*dialogs.Slot](s, "slot"), s.Now)
			if errors.Is(err, store.ErrTaken) {
				return ends("gone"), nil
			}
			return ends("held"), err
		},
	}
}
