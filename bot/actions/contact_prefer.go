package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// contactPrefer makes this messenger the one in which the person is written to first.
func contactPrefer() Action {
	return Action{
		Action: dialogs.Action{
			Name: "contact.prefer", Does: "Запоминает, что человеку удобнее получать сообщения в этом мессенджере.",
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			if s.Contact.Channel == "" || s.Me.Channel == s.Contact.Channel {
				return ends("done"), nil
			}
			s.Me.Channel = s.Contact.Channel
			if err := s.Remember(ctx, "patient", s.Me.ID, "channel", s.Contact.Channel); err != nil {
				return engine.Result{}, err
			}
			return ends("done"), s.tell(ctx, "contact.preferred", s.Contact.Channel, "")
		},
	}
}
