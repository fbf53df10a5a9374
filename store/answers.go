package store

import (
	"context"
	"slices"
)

const answerColumns = `contact_id, patient_id, task, dialog, name, value, mark, at_us`

func answerFields(a *Answer) []any {
	return []any{&a.ContactID, &a.PatientID, &a.Task, &a.Dialog, &a.Name, raw{&a.Value}, &a.Mark, at{&a.At}}
}

// KeepAnswers implements Events.
func (t *tx) KeepAnswers(ctx context.Context, answers []Answer) error {
	var rows [][]any
	for _, a := range answers {
		if !t.erased[a.ContactID] && !t.erased[a.PatientID] {
			rows = append(rows, []any{a.ContactID, a.PatientID, a.Task, a.Dialog, a.Name, a.Value, a.Mark, micros(a.At)})
		}
	}
	_, err := t.insert(ctx, "keeping answers",
		`INSERT INTO answers (`+answerColumns+`)`, rows, "")
	return err
}

// AnswersOf implements Events: the last ones, oldest first.
func (t *tx) AnswersOf(ctx context.Context, contact string, limit int) ([]Answer, error) {
	answers, err := query(ctx, t, "reading answers", answerFields,
		`SELECT `+answerColumns+` FROM answers WHERE contact_id = $1 ORDER BY seq DESC `+atMost("$2"), contact, limit)
	slices.Reverse(answers)
	return answers, err
}
