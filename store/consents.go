package store

import "context"

const consentColumns = `patient_id, kind, given, version, language, channel, contact_id, at_us, account`

func consentFields(c *Consent) []any {
	return []any{&c.PatientID, &c.Kind, &c.Given, &c.Version, &c.Language, &c.Channel, &c.ContactID, at{&c.At}, &c.Account}
}

// RecordConsents implements Consents.
func (t *tx) RecordConsents(ctx context.Context, consents []Consent) error {
	rows := make([][]any, len(consents))
	for i, c := range consents {
		rows[i] = []any{c.PatientID, c.Kind, c.Given, c.Version, c.Language, c.Channel, c.ContactID, micros(c.At), c.Account}
		t.changes(c.PatientID)
	}
	_, err := t.insert(ctx, "recording consents", `INSERT INTO consents (`+consentColumns+`)`, rows, "")
	return err
}

// ConsentsOf implements Consents.
func (t *tx) ConsentsOf(ctx context.Context, patients []string) ([]Consent, error) {
	if len(patients) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading consents", consentFields,
		`SELECT `+consentColumns+` FROM consents c WHERE patient_id = ANY(`+p.add(patients)+`)
			AND NOT EXISTS (SELECT 1 FROM consents newer
				WHERE newer.patient_id = c.patient_id AND newer.kind = c.kind AND newer.seq > c.seq)
		ORDER BY seq`, p...)
}

// ConsentHistory implements Consents.
func (t *tx) ConsentHistory(ctx context.Context, patient string) ([]Consent, error) {
	return query(ctx, t, "reading the history of consents", consentFields,
		`SELECT `+consentColumns+` FROM consents WHERE patient_id = $1 ORDER BY seq`, patient)
}
