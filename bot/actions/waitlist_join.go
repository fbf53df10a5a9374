package actions

import (
	"cmp"
	"context"
	"slices"

	"careline/bot/engine"
	"careline/dialogs"
)

// waitlistJoin remembers whom no time fitted.
func waitlistJoin() Action {
	return Action{
		Action: dialogs.Action{
			Name: "waitlist.join", Does: "Ставит в лист ожидания.",
			With: []dialogs.Param{
				need("service", dialogs.ServiceKind), want("doctor", dialogs.PractitionerKind), want("period", dialogs.Period), wantWord("urgency", levels...),
			},
			Outcomes: []string{"joined"}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			urgency := max(0, slices.Index(levels, cmp.Or(arg[string](s, "urgency"), "routine")))
			return ends("joined"), s.Reception.Join(ctx, s.Tx, s.matter(), s.ask(), urgency, s.Now)
		},
	}
}
