package store

import (
	"context"
	"database/sql"
	"fmt"
)

// kept are the tables that know of a patient, with the condition on their rows; $1 is the patient.
// Busy time follows from appointments, timers and leases are machinery.
var kept = []struct{ table, where string }{
	{"patients", `id = $1`},
	{"kinships", `guardian = $1 OR ward = $1`},
	{"contacts", `patient_id = $1`},
	{"conversations", `contact_id IN ` + chats},
	{"inbox", `line > 0 AND contact_id IN ` + chats},
	{"outbox", `contact_id IN ` + chats},
	{"files", `(channel, chat) IN (SELECT channel, chat FROM contacts WHERE patient_id = $1 AND erased_us = 0)`},
	{"answers", `patient_id = $1 OR contact_id IN ` + chats},
	{"consents", `patient_id = $1`},
	{"appointments", `patient_id = $1`},
	{"holds", `contact_id IN ` + chats},
	{"ratings", `patient_id = $1`},
	{"waitlist", `patient_id = $1`},
	{"tickets", `patient_id = $1 OR contact_id IN ` + chats},
	{"ticket_notes", `ticket_id IN (SELECT id FROM tickets WHERE patient_id = $1 OR contact_id IN ` + chats + `)`},
	{"events", `patient_id = $1`},
	{"touches", `patient_id = $1`},
	{"steps", `patient_id = $1`},
	{"points", `patient_id = $1`},
	{"invitations", `patient_id = $1`},
	{"links", `contact_id IN ` + chats},
}

// Everything implements Patients. Columns are named as in the database; those in _us are UTC microseconds.
func (t *tx) Everything(ctx context.Context, patient string) (map[string][]map[string]any, error) {
	all := map[string][]map[string]any{}
	for _, k := range kept {
		rows, err := t.QueryContext(ctx, `SELECT * FROM `+k.table+` WHERE `+k.where, patient)
		if err != nil {
			return nil, fmt.Errorf("exporting %s: %w", k.table, t.dialect.explain(err))
		}
		if all[k.table], err = records(rows); err != nil {
			return nil, fmt.Errorf("exporting %s: %w", k.table, err)
		}
	}
	return all, nil
}

func records(rows *sql.Rows) ([]map[string]any, error) {
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var list []map[string]any
	for rows.Next() {
		values, places := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		record := make(map[string]any, len(names))
		for i, n := range names {
			record[n] = values[i]
		}
		list = append(list, record)
	}
	return list, rows.Err()
}
