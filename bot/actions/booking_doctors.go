package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// bookingDoctors lists who does the service; one alone is no choice.
func bookingDoctors() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.doctors", Does: "Находит врачей услуги, если их больше одного.",
			With:     []dialogs.Param{need("service", dialogs.ServiceKind), want("branch", dialogs.BranchKind)},
			Gives:    []dialogs.Param{listOf("doctors", dialogs.PractitionerKind)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			a := s.ask()
			doctors := s.Clinic.In(s.View.Language).Choice(a.Service, a.Branch, s.Contact.Zone)
			if len(doctors) < 2 {
				return ends("none"), nil
			}
			return gives("found", "doctors", pointers(doctors)), nil
		},
	}
}
