package store

import "context"

// Imports are what the clinic's own lists bring: people and visits from before careline.
type Imports interface {
	// PatientsNamed are those whom the clinic's own system calls so.
	PatientsNamed(ctx context.Context, external []string) ([]Patient, error)
	// PatientsAt are those with the phones (E.164), the oldest first.
	PatientsAt(ctx context.Context, phones []string) ([]Patient, error)
	// ImportAppointments adds visits that are over: they take nobody's time, so nothing is in their way. One whose ID or
	// External is known is left out. It returns how many were new. Coming visits are for Book.
	ImportAppointments(ctx context.Context, a []Appointment) (int, error)
}

// PatientsNamed implements Imports.
func (t *tx) PatientsNamed(ctx context.Context, external []string) ([]Patient, error) {
	if len(external) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "finding patients", patientFields,
		`SELECT `+patientColumns+` FROM patients p WHERE p.external = ANY(`+p.add(external)+`) AND p.external <> ''`, p...)
}

// PatientsAt implements Imports.
func (t *tx) PatientsAt(ctx context.Context, phones []string) ([]Patient, error) {
	if len(phones) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "finding patients", patientFields,
		`SELECT `+patientColumns+` FROM patients p WHERE p.phone = ANY(`+p.add(phones)+`) AND p.phone <> '' ORDER BY p.created_us, p.id`, p...)
}

// ImportAppointments implements Imports.
func (t *tx) ImportAppointments(ctx context.Context, appointments []Appointment) (int, error) {
	rows := make([][]any, len(appointments))
	for i, a := range appointments {
		row, err := appointmentRow(a)
		if err != nil {
			return 0, err
		}
		rows[i] = row
		t.changes(a.PatientID)
		t.changesVisits(a.ID)
	}
	n, err := t.insert(ctx, "importing visits", `INSERT INTO appointments (`+appointmentColumns+`)`, rows, `ON CONFLICT DO NOTHING`)
	return int(n), err
}
