package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// BranchOf is the branch whose desk a ticket concerns: that of its visit, or of the patient's next or last one, or
// of those who share the chat; empty when nobody of them has been anywhere.
func BranchOf(ctx context.Context, tx store.Tx, t store.Ticket, now time.Time) (string, error) {
	if t.Visit != "" {
		visits, err := tx.AppointmentsByID(ctx, []string{t.Visit})
		if err != nil {
			return "", fmt.Errorf("reading the visit of a ticket: %w", err)
		}
		if len(visits) > 0 {
			return visits[0].Branch, nil
		}
	}
	if branch, err := visited(ctx, tx, []string{t.PatientID}, now); branch != "" || err != nil || t.ContactID == "" {
		return branch, err
	}
	chat, err := tx.Contacts(ctx, []string{t.ContactID})
	if err != nil || len(chat) == 0 {
		return "", wrap("reading the chat of a ticket", err)
	}
	family, err := tx.Family(ctx, chat[0].PatientID)
	if err != nil {
		return "", fmt.Errorf("reading the family: %w", err)
	}
	people := []string{chat[0].PatientID}
	for _, p := range family {
		people = append(people, p.ID)
	}
	return visited(ctx, tx, people, now)
}

// visited is where the patients come next, or came last.
func visited(ctx context.Context, tx store.Tx, patients []string, now time.Time) (string, error) {
	visits, err := tx.AppointmentsOf(ctx, patients, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil || len(visits) == 0 {
		return "", wrap("reading where a patient comes", err)
	}
	next := slices.IndexFunc(visits, func(a store.Appointment) bool { return a.End.After(now) && a.Status != store.StatusCancelled })
	if next < 0 {
		next = len(visits) - 1
	}
	return visits[next].Branch, nil
}
