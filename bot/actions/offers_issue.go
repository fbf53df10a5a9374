package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// offersIssue promises the patient something special from careline.yaml.
func offersIssue() Action {
	return Action{
		Action: dialogs.Action{
			Name: "offers.issue", Does: "Выдаёт пациенту предложение из careline.yaml, если для услуги оно есть.",
			With:     []dialogs.Param{need("service", dialogs.ServiceKind), needWord("kind")},
			Gives:    []dialogs.Param{need("offer", dialogs.OfferKind)},
			Outcomes: []string{"issued", "none"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			o := s.Clinic.Offer(arg[string](s, "kind"), arg[*dialogs.Service](s, "service").ID)
			if o == nil {
				return ends("none"), nil
			}
			offer := &dialogs.Offer{
				ID: o.ID, Title: s.Clinic.In(s.View.Language).Text(o.Title),
				Until: dialogs.MomentValue{At: s.Now.Add(o.Valid), Zone: s.View.Zone.String()},
			}
			return gives("issued", "offer", offer), s.tell(ctx, "offer.issued", o.ID, "")
		},
	}
}
