package demo

import (
	"slices"
	"time"

	"careline/store"
)

// visit as the list shows it.
type visit struct {
	ID, When, Service, Practitioners, Patient, Status string
	Off                                               bool // it does not take place any more, or has taken place
	Asks                                              bool // it is over, and nobody has said whether the patient came
	Today, Begun                                      bool // it can be said that the patient came, that they did not
}

// Visits: those of which the desk has to say something, those to come, and those of the past, the newest first.
func (v *view) Visits() (all []visit) {
	local := v.demo.Clinic.In(v.Lang)
	var asks, past []visit
	for _, a := range v.scene.visits {
		open, over, zone := !slices.Contains(outcomes, a.Status), !a.End.After(v.scene.now), v.zoneOf(a.Branch)
		shown := visit{
			ID: a.ID, Asks: open && over, Begun: open && !a.Start.After(v.scene.now),
			Today: open && !midnight(a.Start, zone).After(v.scene.now),
			When:  v.When(a.Start, v.scene.now, zone), Patient: v.scene.patients[a.PatientID].FullName,
			Status: v.Name("status", a.Status), Off: !open,
		}
		if s := local.Service(a.Service); s != nil {
			shown.Service = s.Title
		}
		for _, part := range a.Parts {
			if p := local.Practitioner(part.Practitioner); p != nil {
				if shown.Practitioners != "" {
					shown.Practitioners += ", "
				}
				shown.Practitioners += p.Name
			}
		}
		switch {
		case shown.Asks:
			asks = append(asks, shown)
		case over:
			past = append(past, shown)
		default:
			all = append(all, shown)
		}
	}
	slices.Reverse(past)
	return slices.Concat(asks, all, past)
}

// outcomes are the statuses after which nothing more is expected of a visit.
var outcomes = []string{store.StatusFulfilled, store.StatusNoShow, store.StatusCancelled}

func (v *view) zoneOf(branch string) *time.Location {
	if b := v.demo.Clinic.Branch(branch); b != nil {
		return b.Zone
	}
	return v.zone()
}

// midnight is when the moment's day begins.
func midnight(at time.Time, zone *time.Location) time.Time {
	at = at.In(zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
}
