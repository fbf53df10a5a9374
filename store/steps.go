package store

import (
	"context"
	"slices"
)

const stepColumns = `id, patient_id, course, number, title, service, doctor, due_us, state, external, created_us, visit, postponed_us`

func stepFields(s *Step) []any {
	return []any{&s.ID, &s.PatientID, &s.Course, &s.Number, &s.Title, &s.Service, &s.Doctor, at{&s.Due}, &s.State, &s.External, at{&s.CreatedAt},
		&s.Visit, at{&s.Postponed}}
}

// SaveSteps implements Steps.
func (t *tx) SaveSteps(ctx context.Context, steps []Step) error {
	var rows [][]any
	for _, s := range latest(steps, func(s Step) string { return s.ID }) {
		rows = append(rows, []any{s.ID, s.PatientID, s.Course, s.Number, s.Title, s.Service, s.Doctor, micros(s.Due), s.State, s.External, micros(s.CreatedAt),
			s.Visit, micros(s.Postponed)})
		t.changes(s.PatientID)
	}
	_, err := t.insert(ctx, "saving steps", `INSERT INTO steps (`+stepColumns+`)`, rows,
		`ON CONFLICT (id) DO UPDATE SET course = excluded.course, number = excluded.number, title = excluded.title,
			service = excluded.service, doctor = excluded.doctor, due_us = excluded.due_us, state = excluded.state,
			visit = excluded.visit, postponed_us = excluded.postponed_us`)
	return err
}

// StepsByID implements Steps.
func (t *tx) StepsByID(ctx context.Context, ids []string) ([]Step, error) {
	return t.steps(ctx, "id", ids)
}

// StepsNamed implements Steps.
func (t *tx) StepsNamed(ctx context.Context, external []string) ([]Step, error) {
	named := slices.DeleteFunc(slices.Clone(external), func(s string) bool { return s == "" })
	return t.steps(ctx, "external", named)
}

// StepsOf implements Steps.
func (t *tx) StepsOf(ctx context.Context, patients []string) ([]Step, error) {
	return t.steps(ctx, "patient_id", patients)
}

func (t *tx) steps(ctx context.Context, column string, ids []string) ([]Step, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading steps", stepFields,
		`SELECT `+stepColumns+` FROM steps WHERE `+column+` = ANY(`+p.add(ids)+`) ORDER BY due_us, course, number, id`, p...)
}
