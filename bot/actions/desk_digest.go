package actions

import (
	"context"

	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
)

// deskDigest lets the administrators' chats know what the day of a branch will bring; without any it is a task of the
// desk.
func deskDigest() Action {
	return Action{
		Action: dialogs.Action{
			Name: "desk.digest", Does: "Утренняя сводка филиала для администраторов: сколько визитов, кто впервые, кто не подтвердил, чего не хватает, что просрочено.",
			With:     []dialogs.Param{need("branch", dialogs.BranchKind)},
			Outcomes: []string{"sent", "nothing"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			branch := arg[*dialogs.Branch](s, "branch").ID
			text, err := s.Room().Morning(ctx, s.Tx, branch, s.Now)
			switch {
			case err != nil || text == "":
				return ends("nothing"), err
			case len(s.Desk.Rooms) > 0:
				return ends("sent"), s.Desk.Tell(ctx, s.Tx, desk.News{What: desk.Morning, Branch: branch}, s.Now)
			}
			return ends("sent"), s.Desk.Summarise(ctx, s.Tx, text, s.Now)
		},
	}
}
