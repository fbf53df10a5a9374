package actions

import (
	"context"
	"fmt"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// peopleAdd makes a patient for whom the person may book.
func peopleAdd() Action {
	return Action{
		Action: dialogs.Action{
			Name: "people.add", Does: "Заводит карточку близкого: ребёнка или взрослого.",
			With:     []dialogs.Param{need("name", dialogs.Name), need("birth", dialogs.Date), needWord("kin", "child", "adult")},
			Gives:    []dialogs.Param{need("patient", dialogs.PatientKind)},
			Outcomes: []string{"added"}, Needs: []string{"personal"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			p := store.Patient{
				ID: s.IDs(), FullName: arg[string](s, "name"), Birth: string(arg[words.Date](s, "birth")), CreatedAt: s.Now,
			}
			if err := s.Tx.SavePatients(ctx, []store.Patient{p}); err != nil {
				return engine.Result{}, fmt.Errorf("adding a relative: %w", err)
			}
			kin := store.Kinship{Guardian: s.Me.ID, Ward: p.ID, Kin: arg[string](s, "kin"), Since: s.Now}
			if err := s.Tx.AddFamily(ctx, kin); err != nil {
				return engine.Result{}, fmt.Errorf("adding a relative: %w", err)
			}
			return engine.Result{Outcome: "added", Gives: map[string]any{"patient": patientOf(p)}}, nil
		},
	}
}

// patientOf is a stored patient as scripts see one of the family.
func patientOf(p store.Patient) *dialogs.Patient {
	return &dialogs.Patient{
		ID: p.ID, FullName: p.FullName, Name: words.GivenName(p.FullName), Phone: p.Phone, Birth: p.Birth, Tags: p.Tags, Channel: p.Channel, Known: p.FullName != "",
	}
}
