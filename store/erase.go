package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// erasing are the steps of Erase; $1 is the patient, $2 the moment. Steps of the chats come before the
// one that empties the contacts. What stays has no person in it: past appointments and ratings, closed
// tickets without a text, events (ids and words of the script), and the consents as proof, which point
// at an empty patient.
var erasing = []string{
	// Waits for a step that is at work on one of the chats.
	`UPDATE threads SET lines = lines WHERE contact_id IN ` + chats,
	`DELETE FROM files WHERE (channel, chat) IN (SELECT channel, chat FROM contacts WHERE patient_id = $1 AND erased_us = 0)`,
	`DELETE FROM inbox WHERE contact_id IN ` + chats,
	`DELETE FROM outbox WHERE contact_id IN ` + chats,
	// What the administrators' chats were told of the patient: a reply to it still finds that nobody is there.
	`UPDATE outbox SET payload = '{}', state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END,
		ended_us = CASE WHEN state = 'waiting' THEN $2 ELSE ended_us END, holder = '', due_us = 0
	WHERE ref <> '' AND ref IN (SELECT 'patient/' || id FROM patients WHERE id = $1 UNION ALL ` + chats[1:],
	`UPDATE outbox SET payload = '{}', state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END,
		ended_us = CASE WHEN state = 'waiting' THEN $2 ELSE ended_us END, holder = '', due_us = 0
	WHERE changes <> '' AND changes IN (SELECT id FROM outbox WHERE ref <> ''
		AND ref IN (SELECT 'patient/' || id FROM patients WHERE id = $1 UNION ALL ` + chats[1:] + `)`,
	`DELETE FROM timers WHERE contact_id IN ` + chats,
	`DELETE FROM timers WHERE about <> '' AND about IN (SELECT 'patient/' || id FROM patients WHERE id = $1
		UNION ALL SELECT 'visit/' || id FROM appointments WHERE patient_id = $1
		UNION ALL SELECT 'step/' || id FROM steps WHERE patient_id = $1
		UNION ALL SELECT 'wait/' || id FROM waitlist WHERE patient_id = $1)`,
	`DELETE FROM steps WHERE patient_id = $1`,
	`DELETE FROM points WHERE patient_id = $1`,
	`DELETE FROM invitations WHERE patient_id = $1`,
	`DELETE FROM links WHERE contact_id IN ` + chats,
	`DELETE FROM channel_memory WHERE name IN ` + chats,
	`DELETE FROM reads WHERE contact_id IN ` + chats,
	`DELETE FROM conversations WHERE contact_id IN ` + chats,
	`DELETE FROM holds WHERE contact_id IN ` + chats + ` OR place <> '' AND place IN (SELECT id FROM waitlist WHERE patient_id = $1)`,
	`DELETE FROM answers WHERE patient_id = $1 OR contact_id IN ` + chats,
	`DELETE FROM waitlist WHERE patient_id = $1 OR contact_id IN ` + chats,
	`DELETE FROM ticket_notes WHERE ticket_id IN (SELECT id FROM tickets WHERE patient_id = $1 OR contact_id IN ` + chats + `)`,
	`UPDATE tickets SET patient_id = NULL, contact_id = NULL, note = '', visit = '', resolution = '', state = 'closed',
		closed_us = CASE WHEN closed_us > 0 THEN closed_us ELSE $2 END
	WHERE patient_id = $1 OR contact_id IN ` + chats,
	`DELETE FROM busy WHERE appointment_id IN (SELECT id FROM appointments WHERE patient_id = $1 AND start_us >= $2)`,
	`UPDATE appointments SET status = 'cancelled', status_us = $2
	WHERE patient_id = $1 AND start_us >= $2 AND status IN ('pending', 'booked')`,
	`UPDATE appointments SET patient_id = NULL, contact_id = NULL, feeling = '', reason = '', notice = '', updated_us = $2 WHERE patient_id = $1`,
	`UPDATE ratings SET patient_id = NULL WHERE patient_id = $1`,
	`DELETE FROM kinships WHERE guardian = $1 OR ward = $1`,
	`UPDATE contacts SET chat = 'erased ' || id, name = '', language = '', zone = '', source = '', memory = '', phone = '', heard_us = 0, erased_us = $2
	WHERE patient_id = $1 AND erased_us = 0`,
	`UPDATE patients SET full_name = '', phone = '', birth = '', tags = '', memory = '', channel = '', external = '', snoozed_us = 0, erased_us = $2 WHERE id = $1`,
	`DELETE FROM patient_words WHERE patient_id = $1`, // last: whoever saves the patient meanwhile keeps their row
}

// alone are the wards of the patient whom nobody would speak for any more: what was told of them came from
// the patient alone.
const alone = `SELECT k.ward FROM kinships k WHERE k.guardian = $1
	AND NOT EXISTS (SELECT 1 FROM kinships other WHERE other.ward = k.ward AND other.guardian <> $1)
	AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.patient_id = k.ward AND c.erased_us = 0)`

// chats are the contacts of the patient who is being erased.
const chats = `(SELECT id FROM contacts WHERE patient_id = $1 AND erased_us = 0)`

// Erase implements Patients.
func (t *tx) Erase(ctx context.Context, patient string, at time.Time) error {
	t.Wake(DeskTopic)
	t.Wake(DayTopic)
	contacts, err := t.ContactsOf(ctx, patient)
	if err != nil {
		return err
	}
	all, err := query(ctx, t, "looking for wards", scalar[string], `SELECT ward FROM kinships WHERE guardian = $1`, patient)
	if err != nil {
		return err
	}
	t.changes(all...) // of those who stay another chat is told from now on
	wards, err := query(ctx, t, "looking for wards", scalar[string], alone, patient)
	if err != nil {
		return err
	}
	for _, step := range erasing {
		if _, err := t.exec(ctx, "erasing a patient", step, arguments(step, patient, micros(at))...); err != nil {
			return err
		}
	}
	if t.erased == nil {
		t.erased = map[string]bool{}
	}
	t.erased[patient] = true
	for _, c := range contacts {
		t.erased[c.ID] = true
		if err := t.Remember(ctx, c.Channel, erasedChat+c.Chat, c.Chat, time.Time{}); err != nil {
			return err
		}
	}
	for _, ward := range wards {
		if err := t.Erase(ctx, ward, at); err != nil {
			return err
		}
	}
	return nil
}

// arguments are those of values that the text uses; a database refuses one too many.
func arguments(text string, values ...any) []any {
	for len(values) > 0 && !strings.Contains(text, fmt.Sprintf("$%d", len(values))) {
		values = values[:len(values)-1]
	}
	return values
}
