package store

import "context"

// AppendEvents implements Events.
func (t *tx) AppendEvents(ctx context.Context, events []Event) error {
	rows := make([][]any, len(events))
	for i, e := range events {
		rows[i] = []any{micros(e.At), e.Name, e.ContactID, e.PatientID, e.Channel, e.Task, e.Dialog, e.State, e.Value, e.Ref}
	}
	_, err := t.insert(ctx, "appending events",
		`INSERT INTO events (at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref)`, rows, "")
	return err
}

const eventColumns = `seq, at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref`

func eventFields(e *Event) []any {
	return []any{&e.Seq, at{&e.At}, &e.Name, &e.ContactID, &e.PatientID, &e.Channel, &e.Task, &e.Dialog, &e.State, &e.Value, &e.Ref}
}

// EventsAbout implements Events.
func (t *tx) EventsAbout(ctx context.Context, ref string) ([]Event, error) {
	return query(ctx, t, "reading what became of a thing", eventFields,
		`SELECT `+eventColumns+` FROM events WHERE ref = $1 AND ref <> '' ORDER BY seq`, ref)
}

// EventsSince implements Events. An event shows when no older one can come any more: a reader that
// goes on from the last one it saw misses none.
func (t *tx) EventsSince(ctx context.Context, after int64, limit int) ([]Event, error) {
	settled := ""
	if t.dialect.Settled != "" {
		settled = " AND " + t.dialect.Settled
	}
	return query(ctx, t, "reading events", eventFields, `SELECT `+eventColumns+`
		FROM events WHERE seq > $1`+settled+` ORDER BY seq `+atMost("$2"), after, limit)
}
