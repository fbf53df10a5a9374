// Package patients are the desk's pages of patients: finding them, what is known of each, and what may be done about it.
package patients

import (
	"embed"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/journey"
	"careline/bot/web/page"
)

//go:embed patients.css patients.js
var files embed.FS

// Pages of patients.
type Pages struct {
	page.Desk
	assets    *page.Assets
	reception *booking.Reception
	planner   *journey.Planner
	humans    *desk.Desk
}

// New makes the pages.
func New(d page.Desk) *Pages {
	p := &Pages{Desk: d, assets: page.NewAssets("patients", files), reception: &booking.Reception{Clinic: d.Clinic, IDs: d.IDs}}
	p.humans = desk.New(d.Clinic, p.runs, d.IDs)
	p.planner = &journey.Planner{Scripts: d.Scripts, Clinic: d.Clinic, Reception: p.reception, Clock: d.Clock}
	return p
}

// The actions that the audit names.
const (
	found      access.Action = "patient_found" // in a list
	seen       access.Action = "patient_seen"
	added      access.Action = "patient_added"
	changed    access.Action = "patient_changed"
	tagged     access.Action = "patient_tagged"
	agreed     access.Action = "consent_given"
	withdrawn  access.Action = "consent_withdrawn"
	related    access.Action = "patient_related"
	snoozed    access.Action = "patient_snoozed"
	exported   access.Action = "patient_exported"
	listed     access.Action = "patients_listed" // in a file
	erased     access.Action = "patient_erased"
	merged     access.Action = "patients_merged"
	comparison access.Action = "patients_compared"
)

const home = "/desk/patients"

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	const one = home + "/{id}"
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET " + home, Needs: access.FindPatients, Handle: p.search},
		page.Route{Pattern: "POST " + home, Needs: access.FindPatients, Handle: p.search},
		page.Route{Pattern: "POST " + latelyAction, Needs: access.FindPatients, Handle: p.more},
		page.Route{Pattern: "GET " + home + "/segment", Needs: access.FindPatients, Handle: p.segment},
		page.Route{Pattern: "POST " + home + "/segment", Needs: access.FindPatients, Handle: p.segment},
		page.Route{Pattern: "POST " + home + "/segment.csv", Needs: access.ChangePatients, Handle: p.csv},
		page.Route{Pattern: "GET " + home + "/new", Needs: access.ChangePatients, Handle: p.blank},
		page.Route{Pattern: "POST " + home + "/new", Needs: access.ChangePatients, Handle: p.add},

		page.Route{Pattern: "GET " + one, Needs: access.SeeCards, Handle: p.show},
		page.Route{Pattern: "GET " + one + "/edit", Needs: access.ChangePatients, Handle: p.edit},
		page.Route{Pattern: "POST " + one + "/edit", Needs: access.ChangePatients, Handle: p.save},
		page.Route{Pattern: "POST " + one + "/tags", Needs: access.PlanCare, Handle: p.tag},
		page.Route{Pattern: "POST " + one + "/consents", Needs: access.ChangePatients, Handle: p.consent},
		page.Route{Pattern: "POST " + one + "/prefer", Needs: access.ChangePatients, Handle: p.prefer},
		page.Route{Pattern: "GET " + one + "/family", Needs: access.ChangePatients, Handle: p.family},
		page.Route{Pattern: "POST " + one + "/family", Needs: access.ChangePatients, Handle: p.family},
		page.Route{Pattern: "POST " + one + "/family/add", Needs: access.ChangePatients, Handle: p.addRelative},
		page.Route{Pattern: "POST " + one + "/family/remove", Needs: access.ChangePatients, Handle: p.removeRelative},
		page.Route{Pattern: "POST " + one + "/snooze", Needs: access.ChangePatients, Handle: p.snooze},
		page.Route{Pattern: "POST " + one + "/export", Needs: access.ChangePatients, Handle: p.export},
		page.Route{Pattern: "GET " + one + "/erase", Needs: access.Erase, Handle: p.beforeErasing},
		page.Route{Pattern: "POST " + one + "/erase", Needs: access.Erase, Handle: p.erase},
		page.Route{Pattern: "GET " + one + "/merge", Needs: access.ChangePatients, Handle: p.twins},
		page.Route{Pattern: "POST " + one + "/merge", Needs: access.ChangePatients, Handle: p.twins},
		page.Route{Pattern: "GET " + one + "/merge/{other}", Needs: access.ChangePatients, Handle: p.compare},
		page.Route{Pattern: "POST " + one + "/merge/{other}", Needs: access.ChangePatients, Handle: p.merge},
	)
}
