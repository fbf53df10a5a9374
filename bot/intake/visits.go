package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"careline/store"
)

// OpenVisits opens a table of visits.
func OpenVisits(in io.Reader) (*Table, error) { return open(in, visitTable) }

// Visits brings in a table that OpenVisits has opened. A visit that is over takes nobody's time; one to come is booked
// like any other.
func (i *Import) Visits(ctx context.Context, t *Table, report *Report) (Summary, error) {
	report.table = t
	c := newCatalogue(i.Clinic, i.Meaning)
	take := func(ctx context.Context, tx store.Tx, now time.Time, lines []line) ([]outcome, error) {
		return i.visits(ctx, tx, now, lines, c)
	}
	return i.run(ctx, t, report, "visits", take)
}

// visits is the taker of visits.
func (i *Import) visits(ctx context.Context, tx store.Tx, now time.Time, lines []line, c *catalogue) ([]outcome, error) {
	outcomes, list := make([]outcome, len(lines)), make([]visit, len(lines))
	var people []person
	for n, l := range lines {
		list[n], outcomes[n] = i.visit(l, c, now)
		people = append(people, list[n].person)
	}
	crowd, err := gather(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	for n := range list {
		if v, o := &list[n], &outcomes[n]; o.fate != rejected {
			patient, _, why := crowd.take(v.person, i.IDs, now)
			switch {
			case why != nil && why.ID == "unnamed":
				o.reject(Reason{ID: "stranger"})
				continue
			case why != nil:
				o.reject(*why)
				continue
			}
			v.PatientID = patient.ID
			v.ID = v.identity()
		}
	}
	if err := crowd.save(ctx, tx); err != nil {
		return nil, err
	}
	seen, err := seen(ctx, tx, list, outcomes)
	if err != nil {
		return nil, err
	}
	var over []store.Appointment
	for n := range list {
		v, o := &list[n], &outcomes[n]
		switch {
		case o.fate == rejected:
		case seen.has(v.Appointment):
			o.fate = known
		case v.takesTime(now):
			if *o, err = book(ctx, tx, v.Appointment, now); err != nil {
				return nil, err
			}
		default:
			o.fate = added
			over = append(over, v.Appointment)
		}
		if o.fate != rejected {
			seen.add(v.Appointment)
		}
	}
	if _, err := tx.ImportAppointments(ctx, over); err != nil {
		return nil, err
	}
	return outcomes, nil
}

// book gives a coming visit its time, unless somebody has it.
func book(ctx context.Context, tx store.Tx, a store.Appointment, now time.Time) (o outcome, err error) {
	err = tx.Book(ctx, a, now)
	switch {
	case err == nil:
		o.fate = added
	case errors.Is(err, store.ErrTaken):
		o.reject(Reason{ID: "taken", Value: a.Parts[0].Practitioner})
		err = nil
	case errors.Is(err, store.ErrDuplicate):
		err = nil
	default:
		err = fmt.Errorf("booking a visit: %w", err)
	}
	return o, err
}

// sights are visits that are there already: by the id in the clinic's own system, or by patient, service and start.
type sights map[string]bool

func seen(ctx context.Context, tx store.Tx, list []visit, outcomes []outcome) (sights, error) {
	var externals, patients []string
	var from, to time.Time
	for n, v := range list {
		if outcomes[n].fate == rejected {
			continue
		}
		patients = append(patients, v.PatientID)
		if v.External != "" {
			externals = append(externals, v.External)
		}
		if from.IsZero() || v.Start.Before(from) {
			from = v.Start
		}
		if v.Start.After(to) {
			to = v.Start
		}
	}
	named, err := tx.AppointmentsNamed(ctx, unique(externals))
	if err != nil {
		return nil, err
	}
	then, err := tx.AppointmentsOf(ctx, unique(patients), from, to.Add(time.Microsecond))
	if err != nil {
		return nil, err
	}
	s := sights{}
	for _, a := range append(named, then...) {
		s.add(a)
	}
	return s, nil
}

func (s sights) add(a store.Appointment) {
	s["when "+a.PatientID+" "+a.Service+" "+a.Start.UTC().Format(time.RFC3339)] = true
	if a.External != "" {
		s["id "+a.External] = true
	}
}

func (s sights) has(a store.Appointment) bool {
	return s["id "+a.External] || s["when "+a.PatientID+" "+a.Service+" "+a.Start.UTC().Format(time.RFC3339)]
}
