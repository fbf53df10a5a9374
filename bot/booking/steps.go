package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Steps are what doctors have set, as scripts see it, in the same order.
func (r *Reception) Steps(ctx context.Context, tx store.Tx, language string, rows []store.Step, now time.Time) ([]*dialogs.CourseStep, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var patients []string
	for _, s := range rows {
		patients = append(patients, s.PatientID)
	}
	slices.Sort(patients)
	all, visits, err := r.treatment(ctx, tx, slices.Compact(patients), now)
	if err != nil {
		return nil, err
	}
	return r.Clinic.In(language).Steps(rows, all, visits), nil
}

// Steps are rows as scripts see them; all are the patients' steps, and visits the patients' visits by start.
func (l *Localized) Steps(rows, all []store.Step, visits []store.Appointment) []*dialogs.CourseStep {
	found := match(all, visits)
	out := make([]*dialogs.CourseStep, len(rows))
	for i, s := range rows {
		out[i] = l.step(s, all)
		_, visited := found[s.ID]
		out[i].Booked = visited || s.State == store.StepCompleted
	}
	return out
}

// StepsOf are the active steps of a patient, by due date.
func (r *Reception) StepsOf(ctx context.Context, tx store.Tx, m Matter, now time.Time) ([]*dialogs.CourseStep, error) {
	rows, err := tx.StepsOf(ctx, []string{m.Patient})
	if err != nil {
		return nil, fmt.Errorf("reading steps: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(s store.Step) bool { return s.State != store.StepActive })
	return r.Steps(ctx, tx, m.Language, rows, now)
}

// treatment is everything set for the patients, and their visits by start.
func (r *Reception) treatment(ctx context.Context, tx store.Tx, patients []string, now time.Time) ([]store.Step, []store.Appointment, error) {
	steps, err := tx.StepsOf(ctx, patients)
	if err != nil {
		return nil, nil, fmt.Errorf("reading steps: %w", err)
	}
	if len(steps) == 0 {
		return nil, nil, nil
	}
	visits, err := tx.AppointmentsOf(ctx, patients, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, nil, fmt.Errorf("reading visits for steps: %w", err)
	}
	return steps, visits, nil
}

// step is a row as scripts see it, without what visits tell of it; all are those of its course and others.
func (l *Localized) step(s store.Step, all []store.Step) *dialogs.CourseStep {
	zone := l.clinic.home(s.Doctor).String()
	out := &dialogs.CourseStep{
		ID: s.ID, Title: l.stepTitle(s.Title, s.Service), Due: dialogs.MomentValue{At: s.Due, Zone: zone},
		Service: dialogs.Service{ID: s.Service, Title: s.Service}, State: s.State, Number: s.Number, Prevention: s.Course == "",
	}
	if service := l.services[s.Service]; service != nil {
		out.Service = *service
	}
	if doctor := l.practitioners[s.Doctor]; doctor != nil {
		out.Doctor = doctor
	}
	if !s.Postponed.IsZero() {
		out.Postponed = &dialogs.MomentValue{At: s.Postponed, Zone: zone}
	}
	for _, other := range all {
		if s.Course != "" && other.Course == s.Course && other.PatientID == s.PatientID {
			out.Of++
		}
	}
	return out
}
