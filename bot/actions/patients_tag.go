package actions

import (
	"context"
	"slices"

	"careline/bot/engine"
	"careline/dialogs"
)

// patientsTag puts a tag on the patient, or takes one off; timelines choose by tags.
func patientsTag() Action {
	return Action{
		Action: dialogs.Action{
			Name: "patients.tag", Does: "Ставит пациенту метку или снимает её; по меткам отбирает journey.yaml.",
			With:     []dialogs.Param{want("add", dialogs.Word), want("remove", dialogs.Word)},
			Outcomes: []string{"done"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			add, remove := arg[string](s, "add"), arg[string](s, "remove")
			tags := slices.DeleteFunc(slices.Clone(s.Patient.Tags), func(t string) bool { return t == remove || t == add })
			if add != "" {
				tags = append(tags, add)
			}
			if slices.Equal(tags, s.Patient.Tags) {
				return ends("done"), nil
			}
			s.Patient.Tags = tags
			if err := s.Remember(ctx, "patient", s.Patient.ID, "tags", tags); err != nil {
				return engine.Result{}, err
			}
			return ends("done"), s.tell(ctx, "patient.tagged", "", "")
		},
	}
}
