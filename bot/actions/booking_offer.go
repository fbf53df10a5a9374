package actions

import (
	"context"
	"slices"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/dialogs/words"
)

// bookingOffer finds free times: a concrete pair first, more when the dialog asks for more.
func bookingOffer() Action {
	return Action{
		Action: dialogs.Action{
			Name: "booking.offer", Does: "Подбирает свободное время по услуге, врачу, филиалу, срочности и пожеланию. near — подходящего нет, это ближайшее.",
			With: []dialogs.Param{
				need("service", dialogs.ServiceKind), want("doctor", dialogs.PractitionerKind), want("branch", dialogs.BranchKind),
				wantWord("urgency", levels...), want("together", dialogs.YesNo), want("period", dialogs.Period), need("count", dialogs.Number),
			},
			Gives:    []dialogs.Param{listOf("offers", dialogs.SlotKind)},
			Outcomes: []string{"found", "near", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			offers, near, err := s.Reception.Offer(ctx, s.Tx, s.matter(), s.ask(), s.Now)
			switch {
			case err != nil:
				return engine.Result{}, err
			case len(offers) == 0:
				return ends("none"), s.tell(ctx, "slots.none", "", "")
			case near:
				return gives("near", "offers", pointers(offers)), s.tell(ctx, "slots.offered", "near", "")
			}
			return gives("found", "offers", pointers(offers)), s.tell(ctx, "slots.offered", "found", "")
		},
	}
}

// levels of urgency, as in triage.yaml.
var levels = []string{"emergency", "urgent", "soon", "routine"}

// level of triage.yaml by its name; nil when it has none.
func (s *Scene) level(name string) *dialogs.Level {
	for _, l := range s.Scripts.Triage.Levels {
		if l.Name == name {
			return l
		}
	}
	return nil
}

// ask is what a dialog wants of the schedule, from the values that these actions have in common.
func (s *Scene) ask() booking.Ask {
	a := booking.Ask{Wish: arg[*words.Period](s, "period"), Count: int(arg[float64](s, "count"))}
	if level := s.level(arg[string](s, "urgency")); level != nil {
		a.Acute, a.Within = level.TodayFirst, level.Within
	}
	if service := arg[*dialogs.Service](s, "service"); service != nil {
		a.Service = service.ID
	}
	// An invitation to a check-up names the doctor of the treatment, who may not be one who does check-ups.
	if doctor := arg[*dialogs.Practitioner](s, "doctor"); doctor != nil && s.does(doctor.ID, a.Service) {
		a.Doctor = doctor.ID
	}
	if branch := arg[*dialogs.Branch](s, "branch"); branch != nil {
		a.Branch = branch.ID
	}
	return a
}

// does reports whether the practitioner takes a part in the service.
func (s *Scene) does(practitioner, service string) bool {
	return slices.ContainsFunc(s.Clinic.In(s.View.Language).Doctors(service, ""), func(p *dialogs.Practitioner) bool { return p.ID == practitioner })
}

// pointers makes a list of records as answers keep it.
func pointers[T any](items []*T) []any {
	list := make([]any, len(items))
	for i, x := range items {
		list[i] = x
	}
	return list
}
