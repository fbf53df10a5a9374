package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// consentRecord keeps a «yes» or «no» with the version of the document, the time and the channel.
func consentRecord() Action {
	return Action{
		Action: dialogs.Action{
			Name: "consent.record", Does: "Записывает согласие или отказ: документ, его версию, время и канал.",
			With:     []dialogs.Param{needWord("kind", "personal", "health", "advertising"), need("given", dialogs.YesNo)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Changes: Consents,
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			kind, given := arg[string](s, "kind"), arg[bool](s, "given")
			if err := s.consent(ctx, kind, given); err != nil {
				return engine.Result{}, err
			}
			return engine.Result{Outcome: "done"}, nil
		},
	}
}

// consent appends a row for the contact's own patient and tells the funnel.
func (s *Scene) consent(ctx context.Context, kind string, given bool) error {
	err := s.Reception.Agree(ctx, s.Tx, store.Consent{
		PatientID: s.Me.ID, Kind: kind, Given: given, Language: s.View.Language, Channel: s.Contact.Channel, ContactID: s.Contact.ID, At: s.Now,
	})
	if err != nil {
		return err
	}
	if given {
		return s.tell(ctx, "consent.given", kind, "")
	}
	return s.tell(ctx, "consent.refused", kind, "")
}
