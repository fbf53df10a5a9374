package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// CompleteStep says that a step is done; its visit, if there is one by now, serves no other step.
func (r *Reception) CompleteStep(ctx context.Context, tx store.Tx, m Matter, id string, now time.Time) error {
	return r.changeStep(ctx, tx, m, id, store.StepCompleted, now, func(s *store.Step) error {
		all, visits, err := r.treatment(ctx, tx, []string{s.PatientID}, now)
		if err != nil {
			return err
		}
		if v, ok := match(all, visits)[s.ID]; ok && !v.Start.After(now) {
			s.Visit = v.ID
		}
		return nil
	})
}

// RevokeStep says that a step is not wanted any more.
func (r *Reception) RevokeStep(ctx context.Context, tx store.Tx, m Matter, id string, now time.Time) error {
	return r.changeStep(ctx, tx, m, id, store.StepRevoked, now, func(*store.Step) error { return nil })
}

// PostponeStep notes that the patient wants to be asked about the step again then. The doctor's date stays.
func (r *Reception) PostponeStep(ctx context.Context, tx store.Tx, m Matter, id string, until, now time.Time) error {
	s, err := r.stepByID(ctx, tx, m, id)
	if err != nil || s.State != store.StepActive {
		return err
	}
	s.Postponed = until
	if err := tx.SaveSteps(ctx, []store.Step{s}); err != nil {
		return fmt.Errorf("postponing a step: %w", err)
	}
	return r.logStep(ctx, tx, m, now, "step.postponed", s)
}

// changeStep ends an active step; one that has ended so already stays as it is. Errors: store.ErrNotFound, ErrStep.
func (r *Reception) changeStep(ctx context.Context, tx store.Tx, m Matter, id, state string, now time.Time, f func(*store.Step) error) error {
	s, err := r.stepByID(ctx, tx, m, id)
	switch {
	case err != nil:
		return err
	case s.State == state:
		return nil
	case s.State != store.StepActive:
		return fmt.Errorf("%s after %s: %w", state, s.State, ErrStep)
	}
	if err := f(&s); err != nil {
		return err
	}
	s.State = state
	if err := tx.SaveSteps(ctx, []store.Step{s}); err != nil {
		return fmt.Errorf("saving a step: %w", err)
	}
	return r.logStep(ctx, tx, m, now, "step."+state, s)
}

// stepByID is a step that concerns whoever asks.
func (r *Reception) stepByID(ctx context.Context, tx store.Tx, m Matter, id string) (store.Step, error) {
	found, err := tx.StepsByID(ctx, []string{id})
	if err != nil {
		return store.Step{}, fmt.Errorf("reading a step: %w", err)
	}
	if len(found) == 0 {
		return store.Step{}, fmt.Errorf("reading a step: %w", store.ErrNotFound)
	}
	return found[0], r.own(ctx, tx, m, store.Appointment{PatientID: found[0].PatientID})
}

// treated completes the steps whose visit is done now, and opens again those whose visit turned out not to be.
func (r *Reception) treated(ctx context.Context, tx store.Tx, m Matter, visit store.Appointment, now time.Time) error {
	if visit.PatientID == "" {
		return nil
	}
	steps, visits, err := r.treatment(ctx, tx, []string{visit.PatientID}, now)
	if err != nil {
		return err
	}
	done, found := visit.Status == store.StatusFulfilled, match(steps, visits)
	for i, s := range steps {
		switch {
		case done && s.State == store.StepActive && found[s.ID].ID == visit.ID:
			steps[i].State, steps[i].Visit = store.StepCompleted, visit.ID
		case !done && s.State == store.StepCompleted && s.Visit == visit.ID:
			steps[i].State, steps[i].Visit = store.StepActive, ""
		default:
			steps[i].ID = "" // unchanged
			continue
		}
		if err := r.logStep(ctx, tx, m, now, "step."+steps[i].State, steps[i]); err != nil {
			return err
		}
	}
	steps = slices.DeleteFunc(steps, func(s store.Step) bool { return s.ID == "" })
	if len(steps) == 0 {
		return nil
	}
	if err := tx.SaveSteps(ctx, steps); err != nil {
		return fmt.Errorf("saving steps: %w", err)
	}
	return nil
}
