package storetest

import (
	"fmt"
	"testing"
)

// among measures steps of a hundred contacts beside many more with a past.
func among(b *testing.B, bed Bed, size int) {
	for _, text := range past {
		if _, err := bed.DB.ExecContext(b.Context(), fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) ", size)+text); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
	if _, err := bed.DB.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	c := &crowd{Bed: bed}
	for i := range 100 {
		c.ids = append(c.ids, fmt.Sprint("c", i*(size/100)))
	}
	c.measure(b)
}

// past fills a database: everybody once wrote, was answered, and is to be reminded.
var past = []string{
	`INSERT INTO patients (id, full_name, created_us) SELECT 'pc' || i, 'Name', 1 FROM n`,
	`INSERT INTO threads (contact_id, lines) SELECT 'c' || i, 2 FROM n`,
	`INSERT INTO contacts (id, channel, chat, patient_id, created_us) SELECT 'c' || i, 'web', 'c' || i, 'pc' || i, 1 FROM n`,
	`INSERT INTO conversations (contact_id, state, dialog, updated_us) SELECT 'c' || i, '{"tasks":[]}', 'intake', 1 FROM n`,
	`INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us)
		SELECT 'pc' || i, 'personal', TRUE, '1', 'ru', 'web', 'c' || i, 1 FROM n`,
	`INSERT INTO inbox (channel, external_id, contact_id, line, kind, payload, received_us, state, ended_us)
		SELECT 'web', 'm' || i, 'c' || i, 1, 'message', '{"text":"hello"}', 1, 'done', 1 FROM n`,
	`INSERT INTO outbox (id, contact_id, line, channel, chat, class, payload, created_us, state, receipt, ended_us)
		SELECT 'm' || i, 'c' || i, 2, 'web', 'c' || i, 'service', '{"text":"hello"}', 1, 'sent', '1', 1 FROM n`,
	`INSERT INTO timers (key, contact_id, due_us, kind, payload)
		SELECT 'remind:' || i, 'c' || i, 4000000000000000 + i, 'timer', '{}' FROM n`,
	`INSERT INTO events (at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref)
		SELECT 1, 'state', 'c' || i, 'pc' || i, 'web', 1, 'intake', 'why', '', '' FROM n`,
	`INSERT INTO answers (contact_id, patient_id, task, dialog, name, value, mark, at_us)
		SELECT 'c' || i, 'pc' || i, 1, 'intake', 'why', '"pain"', 'plain', 1 FROM n`,
}
