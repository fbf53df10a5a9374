// Package today is the page of the day: who comes to a branch, what is missing, and what became of each visit.
package today

import (
	"embed"
	"maps"
	"slices"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/web/page"
)

//go:embed today.css today.js
var files embed.FS

// What the audit calls what is done here.
const (
	daySeen     access.Action = "day_seen"
	statusGiven access.Action = "visit_status"
)

// Pages of the day.
type Pages struct {
	page.Desk
	reception *booking.Reception
	health    []string // what memory.yaml keeps of a patient's health: the answers of questionnaires
	assets    *page.Assets
}

// New makes the pages.
func New(d page.Desk) *Pages {
	p := &Pages{Desk: d, reception: &booking.Reception{Clinic: d.Clinic, IDs: d.IDs}, assets: page.NewAssets("today", files)}
	for _, name := range slices.Sorted(maps.Keys(d.Scripts.Memory.Patient)) {
		if d.Scripts.Memory.Patient[name].Mark == "health" {
			p.health = append(p.health, name)
		}
	}
	return p
}

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET /desk/today", Needs: access.SeeDay, Handle: p.show},
		page.Route{Pattern: "GET /desk/today/live", Needs: access.SeeDay, Handle: p.live},
		page.Route{Pattern: "GET /desk/today/print", Needs: access.SeeDay, Handle: p.print},
		page.Route{Pattern: "POST /desk/today/{id}/status", Needs: access.Book, Handle: p.mark})
}
