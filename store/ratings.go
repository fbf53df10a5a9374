package store

import "context"

// RateAppointment implements Appointments; a second rating of a visit replaces the first.
func (t *tx) RateAppointment(ctx context.Context, r Rating) error {
	_, err := t.exec(ctx, "rating a visit", `INSERT INTO ratings (appointment_id, patient_id, value, at_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (appointment_id) DO UPDATE SET value = excluded.value, at_us = excluded.at_us`,
		r.AppointmentID, none(r.PatientID), r.Value, micros(r.At))
	return err
}

// Ratings implements Appointments.
func (t *tx) Ratings(ctx context.Context, appointments []string) ([]Rating, error) {
	if len(appointments) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading ratings", func(r *Rating) []any {
		return []any{&r.AppointmentID, maybe{&r.PatientID}, &r.Value, at{&r.At}}
	}, `SELECT appointment_id, patient_id, value, at_us FROM ratings WHERE appointment_id = ANY(`+p.add(appointments)+`) ORDER BY appointment_id`, p...)
}
