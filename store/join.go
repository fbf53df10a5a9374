package store

import (
	"context"
	"time"
)

// Joins make one patient of two.
type Joins interface {
	// Join hands everything that belongs to the patient from over to the patient into: chats, visits, answers, consents
	// with their versions and times, courses, places, tickets, family, points. A consent that is older than into's own
	// last word stays behind, as do the proof and the events of from, who is left empty. What is known of a person
	// themselves (Patient) is for the caller to bring together.
	Join(ctx context.Context, from, into string, at time.Time) error
}

// joining are the steps of Join; $1 is from, $2 into.
var joining = []string{
	`UPDATE contacts SET patient_id = $2 WHERE patient_id = $1`,
	`INSERT INTO consents (` + consentColumns + `) SELECT CAST($2 AS TEXT), kind, given, version, language, channel, contact_id, at_us, account
		FROM consents c WHERE patient_id = $1 AND NOT EXISTS
			(SELECT 1 FROM consents own WHERE own.patient_id = $2 AND own.kind = c.kind AND own.at_us >= c.at_us)
		ORDER BY seq`,
	`UPDATE answers SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE appointments SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE ratings SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE waitlist SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE tickets SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE touches SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE steps SET patient_id = $2 WHERE patient_id = $1`,
	`UPDATE points SET patient_id = $2 WHERE patient_id = $1 AND NOT EXISTS
		(SELECT 1 FROM points own WHERE own.patient_id = $2 AND own.reason = points.reason AND own.ref = points.ref)`,
	`UPDATE invitations SET patient_id = $2 WHERE patient_id = $1 AND NOT EXISTS (SELECT 1 FROM invitations own WHERE own.patient_id = $2)`,
	`UPDATE kinships SET guardian = $2 WHERE guardian = $1 AND ward <> $2 AND NOT EXISTS
		(SELECT 1 FROM kinships own WHERE own.guardian = $2 AND own.ward = kinships.ward)`,
	`UPDATE kinships SET ward = $2 WHERE ward = $1 AND guardian <> $2 AND NOT EXISTS
		(SELECT 1 FROM kinships own WHERE own.ward = $2 AND own.guardian = kinships.guardian)`,
}

// leaving empties from, $1; $2 is the moment.
var leaving = []string{
	`DELETE FROM points WHERE patient_id = $1`,
	`DELETE FROM kinships WHERE guardian = $1 OR ward = $1`,
	`DELETE FROM timers WHERE about <> '' AND about = 'patient/' || $1`,
	`UPDATE patients SET full_name = '', phone = '', birth = '', tags = '', memory = '', channel = '', external = '', snoozed_us = 0,
		erased_us = $2 WHERE id = $1`,
	`DELETE FROM patient_words WHERE patient_id = $1`,
}

// Join implements Joins.
func (t *tx) Join(ctx context.Context, from, into string, at time.Time) error {
	if err := t.LockPatients(ctx, []string{from, into}); err != nil {
		return err
	}
	for _, step := range joining {
		if _, err := t.exec(ctx, "joining patients", step, from, into); err != nil {
			return err
		}
	}
	for _, step := range leaving {
		if _, err := t.exec(ctx, "leaving a patient behind", step, arguments(step, from, micros(at))...); err != nil {
			return err
		}
	}
	t.changes(from, into)
	return nil
}
