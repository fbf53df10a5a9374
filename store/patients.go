package store

import (
	"context"
	"time"
)

const patientColumns = `p.id, p.full_name, p.phone, p.birth, p.tags, p.memory, p.created_us, p.erased_us, p.channel, p.external, p.snoozed_us`

func patientFields(p *Patient) []any {
	return []any{&p.ID, &p.FullName, &p.Phone, &p.Birth, decoded{&p.Tags}, raw{&p.Memory}, at{&p.CreatedAt}, at{&p.ErasedAt}, &p.Channel, &p.External,
		at{&p.SnoozedUntil}}
}

// Patients implements Patients.
func (t *tx) Patients(ctx context.Context, ids []string) ([]Patient, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading patients", patientFields,
		`SELECT `+patientColumns+` FROM patients p WHERE p.id = ANY(`+p.add(ids)+`) ORDER BY p.id`, p...)
}

// SavePatients implements Patients.
func (t *tx) SavePatients(ctx context.Context, patients []Patient) error {
	var rows [][]any
	saved := latest(patients, func(p Patient) string { return p.ID })
	if len(saved) == 0 {
		return nil
	}
	for _, p := range saved {
		tags, err := encoded(p.Tags)
		if err != nil {
			return err
		}
		rows = append(rows, []any{p.ID, p.FullName, p.Phone, p.Birth, tags, p.Memory, micros(p.CreatedAt), p.Channel, p.External})
		t.changes(p.ID)
	}
	if _, err := t.insert(ctx, "saving patients",
		`INSERT INTO patients (id, full_name, phone, birth, tags, memory, created_us, channel, external)`, rows,
		`ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name, phone = excluded.phone,
			birth = excluded.birth, tags = excluded.tags, memory = excluded.memory,
			channel = excluded.channel, external = excluded.external
		WHERE patients.erased_us = 0`); err != nil {
		return err
	}
	return t.findable(ctx, saved)
}

// Snooze implements Patients.
func (t *tx) Snooze(ctx context.Context, patient string, until time.Time) error {
	t.changes(patient)
	_, err := t.exec(ctx, "leaving a patient alone", `UPDATE patients SET snoozed_us = $1 WHERE id = $2 AND snoozed_us < $1 AND erased_us = 0`, micros(until), patient)
	return err
}

// Family implements Patients.
func (t *tx) Family(ctx context.Context, guardian string) ([]Patient, error) {
	return query(ctx, t, "reading a family", patientFields,
		`SELECT `+patientColumns+` FROM kinships k JOIN patients p ON p.id = k.ward
		WHERE k.guardian = $1 ORDER BY k.since_us, p.id`, guardian)
}

// AddFamily implements Patients.
func (t *tx) AddFamily(ctx context.Context, k Kinship) error {
	t.changes(k.Ward)
	_, err := t.exec(ctx, "adding to a family", `INSERT INTO kinships (guardian, ward, kin, since_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (guardian, ward) DO UPDATE SET kin = excluded.kin`, k.Guardian, k.Ward, k.Kin, micros(k.Since))
	return err
}

// RemoveFamily implements Patients.
func (t *tx) RemoveFamily(ctx context.Context, guardian, ward string) error {
	t.changes(ward)
	_, err := t.exec(ctx, "taking out of a family", `DELETE FROM kinships WHERE guardian = $1 AND ward = $2`, guardian, ward)
	return err
}

// LockPatients implements Patients.
func (t *tx) LockPatients(ctx context.Context, ids []string) error {
	if len(ids) == 0 || t.dialect.Lock == "" {
		return nil
	}
	var p params
	_, err := query(ctx, t, "locking patients", scalar[string],
		`SELECT id FROM patients WHERE id = ANY(`+p.add(ids)+`) ORDER BY id `+t.dialect.Lock, p...)
	return err
}

// PatientsAfter implements Patients.
func (t *tx) PatientsAfter(ctx context.Context, after string, limit int) ([]string, error) {
	return query(ctx, t, "walking through patients", scalar[string],
		`SELECT id FROM patients WHERE id > $1 AND erased_us = 0 ORDER BY id `+atMost("$2"), after, limit)
}

// Reach implements Patients.
func (t *tx) Reach(ctx context.Context, patients []string) ([]Reach, error) {
	if len(patients) == 0 {
		return nil, nil
	}
	var p params
	ids := p.add(patients)
	return query(ctx, t, "looking for chats", func(r *Reach) []any {
		return append([]any{&r.PatientID, &r.Own}, contactFields(&r.Contact)...)
	}, `SELECT who, own, `+contactColumns+` FROM (
			SELECT patient_id AS who, 1=1 AS own, c.* FROM contacts c WHERE patient_id = ANY(`+ids+`) AND erased_us = 0
			UNION ALL
			SELECT k.ward AS who, 1=0 AS own, c.* FROM kinships k JOIN contacts c ON c.patient_id = k.guardian
			WHERE k.ward = ANY(`+ids+`) AND c.erased_us = 0
		) AS reached ORDER BY created_us DESC, id`, p...)
}
