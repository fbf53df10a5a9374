package actions

import (
	"context"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// deskTask leaves work for a human while the dialog goes on.
func deskTask() Action {
	return Action{
		Action: dialogs.Action{
			Name: "desk.task", Does: "Ставит администратору задачу со сроком; разговор идёт дальше.",
			With: []dialogs.Param{
				needWord("kind"), wantWord("priority", "normal", "high", "alarm"), want("deadline", dialogs.Duration),
				want("note", dialogs.Text), want("visit", dialogs.VisitKind),
			},
			Outcomes: []string{"created"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			t := s.ticket(arg[string](s, "kind"), arg[string](s, "priority"), arg[*dialogs.Visit](s, "visit"))
			t.Note = arg[string](s, "note")
			_, err := s.Desk.Open(ctx, s.Tx, t, arg[time.Duration](s, "deadline"), s.Now)
			return engine.Result{Outcome: "created"}, err
		},
	}
}

// ticket about the patient of the task.
func (s *Scene) ticket(kind, priority string, visit *dialogs.Visit) store.Ticket {
	t := store.Ticket{ContactID: s.Contact.ID, PatientID: s.Patient.ID, Kind: kind, Priority: priority, Health: s.Health}
	if visit != nil {
		t.Visit = visit.ID
	}
	return t
}
