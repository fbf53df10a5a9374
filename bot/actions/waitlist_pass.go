package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// waitlistPass gives a found time to the next in the list.
func waitlistPass() Action {
	return Action{
		Action: dialogs.Action{
			Name: "waitlist.pass", Does: "Отдаёт освободившееся время следующему в очереди.",
			With:     []dialogs.Param{need("slot", dialogs.SlotKind)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			return ends("done"), s.Reception.Pass(ctx, s.Tx, s.matter(), arg[*dialogs.Slot](s, "slot"), s.Now)
		},
	}
}
