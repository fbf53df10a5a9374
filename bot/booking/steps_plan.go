package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/dialogs/words"
	"careline/store"
)

// Plan is a course of treatment that a doctor sets for a patient.
type Plan struct {
	Patient string
	Doctor  string // who sees the patient wherever they do the service; empty = any
	Visits  []CourseVisit
	From    words.Date // of the beginning; empty = today
	// External is the course's id in the clinic's own system: set again, it stays one course. Empty = none.
	External string
}

// What a doctor's plan may be refused for, beside store.ErrNotFound for a patient or step that is not there.
var (
	ErrPlan = errors.New("this cannot be planned")
	ErrStep = errors.New("the step cannot have this state now")
)

// PlanCourse sets a course and returns its steps.
func (r *Reception) PlanCourse(ctx context.Context, tx store.Tx, m Matter, p Plan, now time.Time) ([]store.Step, error) {
	if len(p.Visits) == 0 || len(p.Visits) > maxCourse {
		return nil, fmt.Errorf("a course of %d visits: %w", len(p.Visits), ErrPlan)
	}
	sees := p.Doctor == ""
	for _, v := range p.Visits {
		if err := r.plannable(v.Service, p.Doctor); err != nil {
			return nil, err
		}
		sees = sees || r.performs(p.Doctor, v.Service)
	}
	if !sees {
		return nil, fmt.Errorf("%s does nothing of the course: %w", p.Doctor, ErrPlan)
	}
	known, err := r.stepsOf(ctx, tx, p.Patient)
	if err != nil {
		return nil, err
	}
	if same := courseCalled(known, p.External); len(same) > 0 {
		return same, nil
	}
	zone := r.Clinic.home(p.Doctor)
	if p.From == "" {
		p.From = words.Date(now.In(zone).Format(time.DateOnly))
	}
	due, err := dues(p.Visits, p.From, zone)
	if err != nil {
		return nil, fmt.Errorf("a course from %q: %w", p.From, ErrPlan)
	}
	course, steps := r.IDs(), make([]store.Step, len(p.Visits))
	for i, v := range p.Visits {
		steps[i] = store.Step{
			ID: r.IDs(), PatientID: p.Patient, Course: course, Number: i + 1, Title: v.Title[r.Clinic.Languages[0]], Service: v.Service,
			Due: due[i].UTC(), State: store.StepActive, CreatedAt: now,
		}
		if r.performs(p.Doctor, v.Service) {
			steps[i].Doctor = p.Doctor
		}
		if p.External != "" {
			steps[i].External = externalStep(p.External, i+1)
		}
	}
	if err := tx.SaveSteps(ctx, steps); err != nil {
		return nil, fmt.Errorf("planning a course: %w", err)
	}
	return steps, r.logStep(ctx, tx, m, now, "course.planned", steps[0])
}

func externalStep(course string, number int) string { return fmt.Sprintf("%s/%d", course, number) }

// courseCalled are the steps of the course that the clinic's own system calls so.
func courseCalled(steps []store.Step, external string) []store.Step {
	i := slices.IndexFunc(steps, func(s store.Step) bool { return external != "" && s.External == externalStep(external, 1) })
	if i < 0 {
		return nil
	}
	course := steps[i].Course
	return slices.DeleteFunc(inOrder(steps), func(s store.Step) bool { return s.Course != course })
}

// SetPrevention sets the day by which the patient should come for the service again. One service has one such day:
// setting another moves it.
func (r *Reception) SetPrevention(ctx context.Context, tx store.Tx, m Matter, patient, service, doctor string, day words.Date, now time.Time) (store.Step, error) {
	if err := r.plannable(service, doctor); err != nil {
		return store.Step{}, err
	}
	if doctor != "" && !r.performs(doctor, service) {
		return store.Step{}, fmt.Errorf("%s does not do %s: %w", doctor, service, ErrPlan)
	}
	due, err := noonOf(day, r.Clinic.home(doctor))
	if err != nil {
		return store.Step{}, fmt.Errorf("prevention on %q: %w", day, ErrPlan)
	}
	known, err := r.stepsOf(ctx, tx, patient)
	if err != nil {
		return store.Step{}, err
	}
	step := store.Step{ID: r.IDs(), PatientID: patient, Service: service, State: store.StepActive, CreatedAt: now}
	for _, s := range known {
		if s.Course == "" && s.Service == service && s.State == store.StepActive {
			step = s
		}
	}
	if step.Doctor == doctor && step.Due.Equal(due) {
		return step, nil
	}
	step.Doctor, step.Due, step.Postponed = doctor, due.UTC(), time.Time{}
	if err := tx.SaveSteps(ctx, []store.Step{step}); err != nil {
		return store.Step{}, fmt.Errorf("setting a date of prevention: %w", err)
	}
	return step, r.logStep(ctx, tx, m, now, "prevention.set", step)
}

// plannable refuses what the clinic does not have.
func (r *Reception) plannable(service, doctor string) error {
	if r.Clinic.Service(service) == nil {
		return fmt.Errorf("no service %q: %w", service, ErrPlan)
	}
	if doctor != "" && r.Clinic.Practitioner(doctor) == nil {
		return fmt.Errorf("no practitioner %q: %w", doctor, ErrPlan)
	}
	return nil
}

// performs reports whether the doctor takes a part in the service.
func (r *Reception) performs(doctor, service string) bool {
	return slices.ContainsFunc(r.Clinic.Service(service).performers(), func(p *Practitioner) bool { return p.ID == doctor })
}

// stepsOf is what is set for a patient, who must be there.
func (r *Reception) stepsOf(ctx context.Context, tx store.Tx, patient string) ([]store.Step, error) {
	found, err := tx.Patients(ctx, []string{patient})
	if err != nil {
		return nil, fmt.Errorf("reading a patient: %w", err)
	}
	if len(found) == 0 || !found[0].ErasedAt.IsZero() {
		return nil, fmt.Errorf("reading a patient: %w", store.ErrNotFound)
	}
	steps, err := tx.StepsOf(ctx, []string{patient})
	if err != nil {
		return nil, fmt.Errorf("reading steps: %w", err)
	}
	return steps, nil
}

func (r *Reception) logStep(ctx context.Context, tx store.Tx, m Matter, now time.Time, name string, s store.Step) error {
	return r.log(ctx, tx, m, now, name, store.Appointment{ID: s.ID, PatientID: s.PatientID}, s.Service)
}
