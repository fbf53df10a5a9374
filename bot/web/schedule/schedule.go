// Package schedule is the page of the clinic's time: a practitioner's week and a branch's day, and what is booked,
// moved, cancelled and closed in them, all through the same reception as the patients' own bookings.
package schedule

import (
	"embed"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/web/page"
)

// rows.css are the places in a column by five minutes: fN begins at the N-th, nN is so many long.
//
//go:embed schedule.css rows.css schedule.js
var files embed.FS

// What the audit calls what is done here.
const (
	scheduleSeen access.Action = "schedule_seen"
	visitSeen    access.Action = "visit_seen"
	found        access.Action = "patients_found"
	booked       access.Action = "visit_booked"
	moved        access.Action = "visit_moved"
	cancelled    access.Action = "visit_cancelled"
	added        access.Action = "patient_added"
	closed       access.Action = "time_closed"
	opened       access.Action = "time_opened"
)

// Pages of the schedule.
type Pages struct {
	page.Desk
	reception *booking.Reception
	assets    *page.Assets
}

// New makes the pages.
func New(d page.Desk) *Pages {
	return &Pages{d, &booking.Reception{Clinic: d.Clinic, IDs: d.IDs}, page.NewAssets("schedule", files)}
}

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET /desk/schedule", Needs: access.SeeDay, Handle: p.show},
		page.Route{Pattern: "GET /desk/schedule/live", Needs: access.SeeDay, Handle: p.live},
		page.Route{Pattern: "GET /desk/schedule/visit/{id}", Needs: access.SeeDay, Handle: p.visit},
		page.Route{Pattern: "GET /desk/schedule/visit/{id}/live", Needs: access.SeeDay, Handle: p.visitLive},
		page.Route{Pattern: "GET /desk/schedule/visit/{id}/places", Needs: access.Book, Handle: p.places},
		page.Route{Pattern: "POST /desk/schedule/visit/{id}/move", Needs: access.Book, Handle: p.move},
		page.Route{Pattern: "POST /desk/schedule/visit/{id}/cancel", Needs: access.Book, Handle: p.cancel},
		page.Route{Pattern: "GET /desk/schedule/new", Needs: access.Book, Handle: p.blank},
		page.Route{Pattern: "POST /desk/schedule/new", Needs: access.Book, Handle: p.create},
		page.Route{Pattern: "GET /desk/schedule/close", Needs: access.Book, Handle: p.closing},
		page.Route{Pattern: "POST /desk/schedule/close", Needs: access.Book, Handle: p.close},
		page.Route{Pattern: "POST /desk/schedule/open", Needs: access.Book, Handle: p.open})
}

// by is the desk, which does something to a patient's time.
func by(q *page.Request, patient, contact string) booking.Matter {
	return booking.Matter{Contact: contact, Patient: patient, Channel: "desk", Language: q.Language, Staff: true, Tell: q.Form().On("tell")}
}
