package main

import (
	"context"
	"strings"
	"time"

	"careline/dialogs"
	"careline/store"
)

// visitLine is a visit as the commands show it. Times are by the clock of its branch.
type visitLine struct {
	ID            string       `json:"id"`
	External      string       `json:"external_id,omitempty"`
	Status        string       `json:"status"`
	Since         time.Time    `json:"since"` // the status
	Confirmed     bool         `json:"confirmed"`
	First         bool         `json:"first"`
	Branch        string       `json:"branch"`
	Service       string       `json:"service"`
	Practitioners []string     `json:"practitioners"`
	Start         time.Time    `json:"start"`
	End           time.Time    `json:"end"`
	Booked        time.Time    `json:"booked"`
	Feeling       string       `json:"feeling,omitempty"`
	Reason        string       `json:"reason,omitempty"` // of a cancellation
	Patient       *patientLine `json:"patient,omitempty"`
	seen          *dialogs.Visit
}

// patientLine is whose visit it is; nobody's when the patient was erased.
type patientLine struct {
	ID       string `json:"id"`
	External string `json:"external_id,omitempty"`
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"`
}

// lines are the visits with their patients.
func (c *counter) lines(ctx context.Context, tx store.Tx, visits []store.Appointment) ([]visitLine, error) {
	var ids []string
	for _, a := range visits {
		ids = append(ids, a.PatientID)
	}
	patients, err := tx.Patients(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]visitLine, len(visits))
	for i, a := range visits {
		lines[i] = c.line(a)
		for _, p := range patients {
			if p.ID == a.PatientID && p.ErasedAt.IsZero() {
				lines[i].Patient = &patientLine{p.ID, p.External, p.FullName, p.Phone}
			}
		}
	}
	return lines, nil
}

func (c *counter) line(a store.Appointment) visitLine {
	zone := c.local(a).Location()
	l := visitLine{
		ID: a.ID, External: a.External, Status: a.Status, Since: a.StatusAt.In(zone), Confirmed: a.Confirmed, First: a.First, Branch: a.Branch,
		Service: a.Service, Start: a.Start.In(zone), End: a.End.In(zone), Booked: a.CreatedAt.In(zone), Feeling: a.Feeling, Reason: a.Reason,
		seen: c.Folder.Clinic.In("").Visit(a),
	}
	for _, p := range a.Parts {
		l.Practitioners = append(l.Practitioners, p.Practitioner)
	}
	return l
}

// local is the start of a visit by the clock of its branch.
func (c *counter) local(a store.Appointment) time.Time {
	if b := c.Folder.Clinic.Branch(a.Branch); b != nil {
		return a.Start.In(b.Zone)
	}
	return a.Start.UTC()
}

func (l visitLine) name() string {
	switch {
	case l.Patient == nil:
		return "(erased)"
	case l.Patient.Name == "":
		return "(no name)"
	}
	return l.Patient.Name
}

func (l visitLine) doctors() string {
	var names []string
	for _, d := range l.seen.Doctors {
		if d.Name == "" {
			d.Name = d.ID // who is gone from careline.yaml
		}
		names = append(names, d.Name)
	}
	return strings.Join(names, ", ")
}

// state is the status with what the desk wants to know beside it.
func (l visitLine) state() string {
	state := l.Status
	if l.Confirmed {
		state += ", confirmed"
	}
	if l.First {
		state += ", first visit"
	}
	return state
}

// names are our id and that of the clinic's own system.
func (l visitLine) names() string { return strings.TrimSpace(l.ID + " " + l.External) }
