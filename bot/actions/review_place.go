package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/dialogs"
)

// reviewPlace finds where the person may tell others of the clinic. Places that they have opened before come last: who
// has written at one is asked to write at another.
func reviewPlace() Action {
	return Action{
		Action: dialogs.Action{
			Name: "review.place", Does: "Выбирает, где предложить оставить отзыв о филиале: площадки из careline.yaml по очереди, у пациента каждый раз следующая.",
			With:     []dialogs.Param{want("visit", dialogs.VisitKind), want("branch", dialogs.BranchKind)},
			Gives:    []dialogs.Param{need("place", dialogs.ReviewKind)},
			Outcomes: []string{"found", "none"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			branch, doctor, err := s.reviewed(ctx)
			if err != nil {
				return engine.Result{}, err
			}
			places := s.Clinic.ReviewPlaces(branch, doctor, s.Me.ID)
			if len(places) == 0 {
				return ends("none"), nil
			}
			place, err := s.unopened(ctx, places)
			if err != nil {
				return engine.Result{}, err
			}
			title := s.Scripts.Catalogue().Word(s.View.Language, "review."+place.Name)
			return gives("found", "place", &dialogs.Review{Name: place.Name, Title: title, URL: place.URL}), nil
		},
	}
}

// reviewed is what the review would be of: the visit, the branch, or else where the person has been last.
func (s *Scene) reviewed(ctx context.Context) (*booking.Branch, *booking.Practitioner, error) {
	if visit := arg[*dialogs.Visit](s, "visit"); visit != nil {
		if b := s.Clinic.Branch(visit.Branch.ID); b != nil {
			return b, s.Clinic.Practitioner(visit.Doctor.ID), nil
		}
	}
	if branch := arg[*dialogs.Branch](s, "branch"); branch != nil {
		if b := s.Clinic.Branch(branch.ID); b != nil {
			return b, nil, nil
		}
	}
	past, err := s.Tx.AppointmentsOf(ctx, []string{s.Patient.ID}, time.UnixMicro(0), s.Now)
	if err != nil {
		return nil, nil, fmt.Errorf("reading past visits: %w", err)
	}
	for _, a := range slices.Backward(past) {
		if b := s.Clinic.Branch(a.Branch); b != nil {
			return b, nil, nil
		}
	}
	return s.Clinic.Branches[0], nil, nil
}

// unopened is the first of the places that the person has not opened yet, or the first of all.
func (s *Scene) unopened(ctx context.Context, places []booking.ReviewPlace) (booking.ReviewPlace, error) {
	urls := make([]string, len(places))
	for i, p := range places {
		urls[i] = p.URL
	}
	opened, err := s.Tx.Clicked(ctx, s.Me.ID, urls)
	if err != nil {
		return places[0], err
	}
	i := slices.IndexFunc(places, func(p booking.ReviewPlace) bool { return !slices.Contains(opened, p.URL) })
	return places[max(i, 0)], nil
}
