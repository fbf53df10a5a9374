package store

import "context"

const patientColumns = `p.id, p.full_name, p.phone, p.birth, p.tags, p.memory, p.created_us, p.erased_us`

func patientFields(p *Patient) []any {
	return []any{&p.ID, &p.FullName, &p.Phone, &p.Birth, decoded{&p.Tags}, raw{&p.Memory}, at{&p.CreatedAt}, at{&p.ErasedAt}}
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
	for _, p := range latest(patients, func(p Patient) string { return p.ID }) {
		tags, err := encoded(p.Tags)
		if err != nil {
			return err
		}
		rows = append(rows, []any{p.ID, p.FullName, p.Phone, p.Birth, tags, p.Memory, micros(p.CreatedAt)})
	}
	_, err := t.insert(ctx, "saving patients",
		`INSERT INTO patients (id, full_name, phone, birth, tags, memory, created_us)`, rows,
		`ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name, phone = excluded.phone,
			birth = excluded.birth, tags = excluded.tags, memory = excluded.memory
		WHERE patients.erased_us = 0`)
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
	_, err := t.exec(ctx, "adding to a family", `INSERT INTO kinships (guardian, ward, kin, since_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (guardian, ward) DO UPDATE SET kin = excluded.kin`, k.Guardian, k.Ward, k.Kin, micros(k.Since))
	return err
}
