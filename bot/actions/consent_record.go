package actions

import (
	"context"
	"fmt"

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
	version := ""
	if doc := s.Clinic.In(s.View.Language).Document(kind); doc != nil {
		version = doc.Version
	}
	err := s.Tx.RecordConsents(ctx, []store.Consent{{
		PatientID: s.Me.ID, Kind: kind, Given: given, Version: version, Language: s.View.Language,
		Channel: s.Contact.Channel, ContactID: s.Contact.ID, At: s.Now,
	}})
	if err != nil {
		return fmt.Errorf("recording a consent: %w", err)
	}
	name := "consent.refused"
	if given {
		name = "consent.given"
	} else if _, err := s.Tx.DropClass(ctx, s.Me.ID, without[kind], "consent withdrawn", s.Now); err != nil {
		return err
	}
	return s.tell(ctx, name, kind, "")
}

// without a consent nothing of these classes is said any more, in any chat of the person.
var without = map[string][]string{
	"personal": {"care", "advertising"}, "care": {"care"}, "advertising": {"advertising"},
}
