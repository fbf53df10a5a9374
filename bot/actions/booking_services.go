package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// bookingServices lists what patients book themselves.
func bookingServices() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.services", Does: "Находит услуги для записи, все или одного раздела.",
			With:     []dialogs.Param{want("group", dialogs.GroupKind)},
			Gives:    []dialogs.Param{listOf("services", dialogs.ServiceKind)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			services := s.Clinic.In(s.View.Language).Bookable(s.section())
			if len(services) == 0 {
				return ends("none"), nil
			}
			return gives("found", "services", pointers(services)), nil
		},
	}
}

// section of the price list that the dialog is about; empty = all.
func (s *Scene) section() string {
	if group := arg[*dialogs.Group](s, "group"); group != nil {
		return group.ID
	}
	return ""
}
