package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// deskDigest counts the day of the branches and leaves it to the desk as a task of the morning.
func deskDigest() Action {
	return Action{
		Action: dialogs.Action{
			Name: "desk.digest", Does: "Утренняя сводка для администраторов: сколько визитов, сколько впервые, сколько не подтвердили.",
			Outcomes: []string{"sent"}, Effect: true,
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			var lines []string
			for _, b := range s.Clinic.Branches {
				day := s.Now.In(b.Zone)
				from := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, b.Zone)
				visits, err := s.Tx.AppointmentsBetween(ctx, b.ID, from, from.AddDate(0, 0, 1))
				if err != nil {
					return engine.Result{}, fmt.Errorf("reading the day of a branch: %w", err)
				}
				lines = append(lines, summary(s.Clinic.In("ru").Text(b.Title), visits))
			}
			t := store.Ticket{ContactID: s.Contact.ID, PatientID: s.Patient.ID, Kind: "digest", Note: strings.Join(lines, "\n")}
			_, err := s.Desk.Open(ctx, s.Tx, t, 0, s.Now)
			return ends("sent"), err
		},
	}
}

// summary of a branch's day, without a name.
func summary(branch string, visits []store.Appointment) string {
	coming, first, unconfirmed := 0, 0, 0
	for _, v := range visits {
		if v.Status == store.StatusCancelled {
			continue
		}
		coming++
		if v.First {
			first++
		}
		if !v.Confirmed {
			unconfirmed++
		}
	}
	return fmt.Sprintf("%s: визитов %d, впервые %d, не подтвердили %d", branch, coming, first, unconfirmed)
}
