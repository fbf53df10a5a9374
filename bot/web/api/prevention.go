package api

import (
	"context"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/dialogs/words"
	"careline/store"
)

// prevention is the day by which a patient should come for a service again. There is one of each service.
type prevention struct {
	Patient names      `json:"patient"`
	Service string     `json:"service"`
	Doctor  string     `json:"doctor"`
	Date    words.Date `json:"date"`
	revoked bool
}

func (p *prevention) check() *problem {
	_, err := time.Parse(time.DateOnly, string(p.Date))
	switch {
	case p.Service == "":
		return bad("data.service is missing: what the patient should come for")
	case p.revoked && (p.Date != "" || p.Doctor != ""):
		return bad("data.date and data.doctor are of prevention.set")
	case !p.revoked && err != nil:
		return bad("data.date is no day, as 2027-05-01")
	}
	return p.Patient.check()
}

func (p *prevention) apply(ctx context.Context, e *Events, tx store.Tx, _, now time.Time) (booking.Effect, error) {
	patient, err := p.Patient.patient(ctx, tx)
	if err != nil {
		return "", err
	}
	before, err := p.standing(ctx, tx, patient)
	switch {
	case err != nil:
		return "", err
	case p.revoked && before == nil:
		return booking.Unchanged, nil
	case p.revoked:
		return booking.Done, e.Reception.RevokeStep(ctx, tx, matter, before.ID, now)
	}
	after, err := e.Reception.SetPrevention(ctx, tx, matter, patient, p.Service, p.Doctor, p.Date, now)
	if err != nil {
		return "", err
	}
	if before != nil && before.Due.Equal(after.Due) && before.Doctor == after.Doctor {
		return booking.Unchanged, nil
	}
	return booking.Done, nil
}

// standing is the patient's date for the service, as it stands; nil = none does.
func (p *prevention) standing(ctx context.Context, tx store.Tx, patient string) (*store.Step, error) {
	steps, err := tx.StepsOf(ctx, []string{patient})
	if err != nil {
		return nil, fmt.Errorf("reading steps: %w", err)
	}
	for _, s := range steps {
		if s.Course == "" && s.Service == p.Service && s.State == store.StepActive {
			return &s, nil
		}
	}
	return nil, nil
}
