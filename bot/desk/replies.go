package desk

import (
	"context"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/store"
)

// Answer is a ready answer as it reads in one chat.
type Answer struct {
	ID      string
	Title   string // in the reader's language
	Text    string // in the patient's
	Missing []string
}

// Answers are the clinic's ready answers with the values of the chat, for an author whose language it is.
func (r *Room) Answers(ctx context.Context, tx store.Tx, contact, author, language string, now time.Time) ([]Answer, error) {
	c, err := living(ctx, tx, contact)
	if err != nil {
		return nil, err
	}
	people, err := r.Reception.People(ctx, tx, []string{c.PatientID}, now)
	if err != nil {
		return nil, fmt.Errorf("reading a patient: %w", err)
	}
	visit, err := r.visitOf(ctx, tx, c, now)
	if err != nil {
		return nil, err
	}
	clinic := r.Clinic.In(c.Language)
	branch, zone := "", r.Clinic.Branches[0].Zone
	if visit != nil {
		branch = visit.Branch.ID
		if b := r.Clinic.Branch(branch); b != nil {
			zone = b.Zone
		}
	}
	f := facts{
		"clinic": clinic.Clinic(branch, now), "desk": clinic.Desk(), "author": author,
		"contact": &dialogs.Contact{Channel: c.Channel, Name: c.Name, Language: c.Language},
	}
	if p := people[c.PatientID]; p != nil {
		f["me"] = p.Patient
	}
	if visit != nil {
		f["visit"] = visit
	}
	view := dialogs.View{Language: c.Language, Zone: zone, Now: now}
	if view.Language == "" {
		view.Language = r.Clinic.Languages[0]
	}
	var all []Answer
	for _, reply := range r.Clinic.Replies {
		a := Answer{ID: reply.ID, Title: r.Clinic.In(language).Text(reply.Title)}
		a.Text, a.Missing = reply.Fill(clinic, view.Source(f))
		all = append(all, a)
	}
	return all, nil
}

// visitOf is the patient's next visit, or the last one; nil when there is none.
func (r *Room) visitOf(ctx context.Context, tx store.Tx, c store.Contact, now time.Time) (*dialogs.Visit, error) {
	list, err := tx.AppointmentsOf(ctx, []string{c.PatientID}, now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("reading the visits of a patient: %w", err)
	}
	var chosen *store.Appointment
	for i, a := range list {
		if a.Status == store.StatusCancelled {
			continue
		}
		chosen = &list[i]
		if a.End.After(now) {
			break
		}
	}
	if chosen == nil {
		return nil, nil
	}
	visits, err := r.Reception.Visits(ctx, tx, booking.Matter{Language: c.Language}, []store.Appointment{*chosen}, now)
	if err != nil || len(visits) == 0 {
		return nil, err
	}
	return visits[0], nil
}
