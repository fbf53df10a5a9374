package api

import (
	"context"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/dialogs/words"
	"careline/store"
)

// course of treatment that a doctor has set: one that stands in careline.yaml, or visits of its own.
type course struct {
	External string        `json:"external_id"`
	Patient  names         `json:"patient"`
	Doctor   string        `json:"doctor"`
	From     words.Date    `json:"from"`
	Course   string        `json:"course"`
	Visits   []courseVisit `json:"visits"`
}

type courseVisit struct {
	Service string `json:"service"`
	Title   string `json:"title"`
	Days    int    `json:"days"` // after the visit before it
}

const (
	longestTitle = 200  // bytes
	longestWait  = 3660 // days
)

func (c *course) check() *problem {
	if c.External == "" || !isID(c.External) {
		return bad("data.external_id is missing or cannot be one: its steps are called by it")
	}
	if (c.Course == "") == (len(c.Visits) == 0) {
		return bad("data.course or data.visits: one of both says what is to be done")
	}
	for _, v := range c.Visits {
		if v.Service == "" || len(v.Title) > longestTitle || v.Days < 0 || v.Days > longestWait {
			return bad("data.visits: each has a service, a title of at most 200 bytes, and 0 to 3660 days after the one before")
		}
	}
	return c.Patient.check()
}

func (c *course) apply(ctx context.Context, e *Events, tx store.Tx, _, now time.Time) (booking.Effect, error) {
	patient, err := c.Patient.patient(ctx, tx)
	if err != nil {
		return "", err
	}
	known, err := tx.StepsOf(ctx, []string{patient})
	if err != nil {
		return "", fmt.Errorf("reading steps: %w", err)
	}
	plan := booking.Plan{Patient: patient, Doctor: c.Doctor, From: c.From, External: c.External}
	if set := e.Reception.Clinic.Course(c.Course); set != nil {
		plan.Visits = set.Visits
	}
	for _, v := range c.Visits {
		visit := booking.CourseVisit{Service: v.Service, Days: v.Days}
		if v.Title != "" {
			visit.Title = booking.Text{e.Reception.Clinic.Languages[0]: v.Title}
		}
		plan.Visits = append(plan.Visits, visit)
	}
	steps, err := e.Reception.PlanCourse(ctx, tx, matter, plan, now)
	if err != nil {
		return "", err
	}
	for _, s := range known {
		if s.ID == steps[0].ID {
			return booking.Unchanged, nil
		}
	}
	return booking.Done, nil
}

// step of a course that was done, or is not wanted any more.
type step struct {
	names
	state string
}

func (s *step) apply(ctx context.Context, e *Events, tx store.Tx, _, now time.Time) (booking.Effect, error) {
	look, by := tx.StepsByID, s.ID
	if by == "" {
		look, by = tx.StepsNamed, s.External
	}
	list, err := look(ctx, []string{by})
	if err != nil {
		return "", fmt.Errorf("looking for a step: %w", err)
	}
	found, err := one(s.names, list, func(s store.Step) names { return names{s.ID, s.External} })
	switch {
	case err != nil:
		return "", err
	case found.State == s.state:
		return booking.Unchanged, nil
	case s.state == store.StepCompleted:
		return booking.Done, e.Reception.CompleteStep(ctx, tx, matter, found.ID, now)
	}
	return booking.Done, e.Reception.RevokeStep(ctx, tx, matter, found.ID, now)
}
