package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"careline/dialogs"
	"careline/store"
)

// origin begins the origin of a task that a timeline began.
const origin = "timeline "

// askedWithin is how long ago the message may have been that somebody asks to get again.
const askedWithin = 60 * 24 * time.Hour

// Postpone lets the timeline that began a talk happen once more, when the patient asked for it in that chat. What did not begin by
// itself cannot be postponed.
func (p *Planner) Postpone(ctx context.Context, tx store.Tx, contact, patient, from string, until, now time.Time) error {
	name, ok := strings.CutPrefix(from, origin)
	t := p.timeline(name)
	if !ok || t == nil {
		return nil
	}
	touches, err := tx.TouchesOf(ctx, patient, now.Add(-askedWithin))
	if err != nil {
		return err
	}
	for i := len(touches) - 1; i >= 0; i-- {
		last := touches[i]
		if last.Timeline != name || last.Outcome != store.Sent {
			continue
		}
		about, err := whose(ctx, tx, last.About)
		if err != nil || about == "" {
			return err
		}
		plan := Plan{Timeline: name, About: last.About, Patient: about, Moment: until.UnixMicro(), Asked: true}
		payload, err := json.Marshal(plan)
		if err != nil {
			return fmt.Errorf("writing a plan: %w", err)
		}
		tx.Wake(store.TimerTopic)
		return tx.SetTimers(ctx, []store.Timer{{
			Key: plan.Key(), ContactID: contact, Due: until, Kind: store.PlanInput, Payload: payload, About: plan.About,
		}})
	}
	return nil
}

// whose is the patient that a thing is about; empty when it is gone.
func whose(ctx context.Context, tx store.Tx, about string) (string, error) {
	kind, id := split(about)
	switch kind {
	case dialogs.AboutPatient:
		return id, nil
	case dialogs.AboutVisit:
		rows, err := tx.AppointmentsByID(ctx, []string{id})
		if err != nil || len(rows) == 0 {
			return "", err
		}
		return rows[0].PatientID, nil
	case dialogs.AboutStep:
		rows, err := tx.StepsByID(ctx, []string{id})
		if err != nil || len(rows) == 0 {
			return "", err
		}
		return rows[0].PatientID, nil
	}
	return "", nil
}
