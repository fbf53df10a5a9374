package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// referralLink is the person's own link for others. It leads into the same messenger, where that has such links.
func referralLink() Action {
	return Action{
		Action: dialogs.Action{
			Name: "referral.link", Does: "Даёт ссылку, по которой человек зовёт к нам других, и сколько баллов получат оба, когда приглашённый придёт (пусто, если клиника баллов не даёт).",
			Gives:    []dialogs.Param{need("link", dialogs.Text), want("reward", dialogs.Number)},
			Outcomes: []string{"made", "none"}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			if s.Invite == nil {
				return ends("none"), nil
			}
			source, err := s.Reception.Invitation(ctx, s.Tx, s.Me.ID, s.Now)
			if err != nil {
				return engine.Result{}, err
			}
			link := s.Invite(s.Contact.Channel, source)
			if link == "" {
				return ends("none"), nil
			}
			made := gives("made", "link", link)
			if l := s.Clinic.Loyalty; l != nil && l.Invite > 0 {
				made.Gives["reward"] = float64(l.Invite)
			}
			return made, s.tell(ctx, "referral.asked", "", "")
		},
	}
}
