package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// StatusError is the FHIR status of an appointment that was never meant.
const StatusError = "entered-in-error"

// freeing are the statuses of an appointment that takes nobody's time.
var freeing = []string{StatusCancelled, StatusNoShow, StatusError}

const appointmentColumns = `id, patient_id, contact_id, service, branch, status, start_us, end_us, parts, together,
	offer_id, confirmed, feeling, first, sequence, reason, created_us, updated_us, status_us, external, local, notice`

func appointmentFields(a *Appointment) []any {
	return []any{&a.ID, maybe{&a.PatientID}, maybe{&a.ContactID}, &a.Service, &a.Branch, &a.Status, at{&a.Start}, at{&a.End},
		decoded{&a.Parts}, &a.Together, &a.OfferID, &a.Confirmed, &a.Feeling, &a.First, &a.Sequence, &a.Reason,
		at{&a.CreatedAt}, at{&a.UpdatedAt}, at{&a.StatusAt}, &a.External, &a.Local, decoded{&a.Notice}}
}

// appointmentRow are the values of appointmentColumns.
func appointmentRow(a Appointment) ([]any, error) {
	parts, err := encoded(a.Parts)
	if err != nil {
		return nil, err
	}
	notice, err := noted(a.Notice)
	return []any{
		a.ID, none(a.PatientID), none(a.ContactID), a.Service, a.Branch, a.Status, micros(a.Start), micros(a.End), parts,
		a.Together, a.OfferID, a.Confirmed, a.Feeling, a.First, a.Sequence, a.Reason,
		micros(a.CreatedAt), micros(a.UpdatedAt), micros(a.StatusAt), a.External, a.Local, notice,
	}, err
}

// noted keeps a notice as JSON; none as an empty text.
func noted(n *Notice) (string, error) {
	if n == nil {
		return "", nil
	}
	b, err := json.Marshal(n)
	return string(b), err
}

// Book implements Appointments.
func (t *tx) Book(ctx context.Context, a Appointment, now time.Time) error {
	row, err := appointmentRow(a)
	if err != nil {
		return err
	}
	t.changes(a.PatientID)
	t.Wake(DayTopic)
	t.changesVisits(a.ID)
	return t.Savepoint(ctx, func() error {
		if err := t.clearHolds(ctx, a.Parts, now); err != nil {
			return err
		}
		if _, err := t.insert(ctx, "booking", `INSERT INTO appointments (`+appointmentColumns+`)`, [][]any{row}, ""); err != nil {
			return err
		}
		return t.takeFor(ctx, a)
	})
}

func (t *tx) takeFor(ctx context.Context, a Appointment) error {
	return t.take(ctx, a.Parts, func(i int) Busy {
		return Busy{ID: partID(a.ID, i), Kind: Booked, Appointment: a.ID}
	})
}

// Move implements Appointments.
func (t *tx) Move(ctx context.Context, a Appointment, now time.Time) error {
	parts, err := encoded(a.Parts)
	if err != nil {
		return err
	}
	notice, err := noted(a.Notice)
	if err != nil {
		return err
	}
	t.changes(a.PatientID)
	t.Wake(DayTopic)
	t.changesVisits(a.ID)
	return t.Savepoint(ctx, func() error {
		if err := t.clearHolds(ctx, a.Parts, now); err != nil {
			return err
		}
		n, err := t.exec(ctx, "moving an appointment",
			`UPDATE appointments SET branch = $1, start_us = $2, end_us = $3, parts = $4, together = $5, sequence = $6, updated_us = $7,
				local = $8, confirmed = $9, notice = $10 WHERE id = $11`, a.Branch, micros(a.Start), micros(a.End), parts, a.Together, a.Sequence, micros(a.UpdatedAt),
			a.Local, a.Confirmed, notice, a.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("moving an appointment: %w", ErrNotFound)
		}
		if err := t.free(ctx, []string{a.ID}); err != nil {
			return err
		}
		if err := t.unsay(ctx, a); err != nil {
			return err
		}
		return t.takeFor(ctx, a)
	})
}

func (t *tx) free(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "freeing time", `DELETE FROM busy WHERE appointment_id = ANY(`+p.add(ids)+`)`, p...)
	return err
}

// SaveAppointments implements Appointments. One that comes back from a status which freed its time
// takes it again, or fails with ErrTaken.
func (t *tx) SaveAppointments(ctx context.Context, appointments []Appointment) error {
	for _, a := range appointments {
		if err := t.Savepoint(ctx, func() error { return t.saveAppointment(ctx, a) }); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) saveAppointment(ctx context.Context, a Appointment) error {
	notice, err := noted(a.Notice)
	if err != nil {
		return err
	}
	t.changes(a.PatientID)
	t.Wake(DayTopic)
	t.changesVisits(a.ID)
	n, err := t.exec(ctx, "saving an appointment",
		`UPDATE appointments SET service = $1, status = $2, offer_id = $3, confirmed = $4, feeling = $5, first = $6,
			sequence = $7, reason = $8, updated_us = $9, status_us = $10, external = $11, notice = $12 WHERE id = $13`,
		a.Service, a.Status, a.OfferID, a.Confirmed, a.Feeling, a.First, a.Sequence, a.Reason,
		micros(a.UpdatedAt), micros(a.StatusAt), a.External, notice, a.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("saving an appointment: %w", ErrNotFound)
	}
	if slices.Contains(freeing, a.Status) {
		if err := t.unsay(ctx, a); err != nil {
			return err
		}
		return t.free(ctx, []string{a.ID})
	}
	taken, err := t.number(ctx, "looking at an appointment's time", `SELECT count(*) FROM busy WHERE appointment_id = $1`, a.ID)
	if err != nil || taken > 0 {
		return err
	}
	kept, err := t.AppointmentsByID(ctx, []string{a.ID})
	if err != nil || !kept[0].End.After(a.UpdatedAt) { // nobody wants time that is over, and imported visits have never taken it
		return err
	}
	if err := t.queue(ctx, kept[0].Parts); err != nil {
		return err
	}
	return t.takeFor(ctx, kept[0])
}

// AppointmentsByID implements Appointments.
func (t *tx) AppointmentsByID(ctx context.Context, ids []string) ([]Appointment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return t.appointments(ctx, `id = ANY(`+p.add(ids)+`)`, p...)
}

// AppointmentsNamed implements Appointments.
func (t *tx) AppointmentsNamed(ctx context.Context, external []string) ([]Appointment, error) {
	if len(external) == 0 {
		return nil, nil
	}
	var p params
	return t.appointments(ctx, `external = ANY(`+p.add(external)+`) AND external <> ''`, p...)
}

// LockAppointments implements Appointments.
func (t *tx) LockAppointments(ctx context.Context, ids []string) error {
	if len(ids) == 0 || t.dialect.Lock == "" {
		return nil
	}
	var p params
	_, err := query(ctx, t, "locking appointments", scalar[string],
		`SELECT id FROM appointments WHERE id = ANY(`+p.add(ids)+`) ORDER BY id `+t.dialect.Lock, p...)
	return err
}

// AppointmentsOf implements Appointments.
func (t *tx) AppointmentsOf(ctx context.Context, patients []string, from, to time.Time) ([]Appointment, error) {
	if len(patients) == 0 {
		return nil, nil
	}
	var p params
	// The sum keeps the planner from walking through everybody's days instead.
	return t.appointments(ctx, `patient_id = ANY(`+p.add(patients)+`) AND start_us + 0 >= `+p.add(micros(from))+` AND start_us + 0 < `+p.add(micros(to)), p...)
}

// AppointmentsBetween implements Appointments.
func (t *tx) AppointmentsBetween(ctx context.Context, branch string, from, to time.Time) ([]Appointment, error) {
	return t.appointments(ctx, `start_us >= $1 AND start_us < $2 AND ($3 = '' OR branch = $3)`, micros(from), micros(to), branch)
}

func (t *tx) appointments(ctx context.Context, where string, args ...any) ([]Appointment, error) {
	return query(ctx, t, "reading appointments", appointmentFields,
		`SELECT `+appointmentColumns+` FROM appointments WHERE `+where+` ORDER BY start_us, id`, args...)
}
