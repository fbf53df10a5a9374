// Package staff are the pages of those who work at the desk: coming in, one's own account, people, and who saw and did what.
package staff

import (
	"careline/bot/access"
	"careline/bot/web/page"
)

// Pages of the people of the desk.
type Pages struct {
	page.Desk
	people *access.Access
}

// New makes the pages.
func New(d page.Desk, people *access.Access) *Pages { return &Pages{d, people} }

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return []page.Route{
		{Pattern: "GET /desk/login", Public: true, Handle: p.showLogin},
		{Pattern: "POST /desk/login", Public: true, Handle: p.login},
		{Pattern: "POST /desk/login/code", Public: true, Handle: p.code},
		{Pattern: "POST /desk/login/password", Public: true, Handle: p.choose},
		{Pattern: "POST /desk/logout", Needs: access.SignedIn, Handle: p.logout},
		{Pattern: "POST /desk/language", Needs: access.SignedIn, Handle: p.speak},

		{Pattern: "GET /desk/me", Needs: access.SignedIn, Handle: p.me},
		{Pattern: "POST /desk/me/password", Needs: access.SignedIn, Handle: p.changePassword},
		{Pattern: "POST /desk/me/sessions/end", Needs: access.SignedIn, Handle: p.endOthers},
		{Pattern: "POST /desk/me/codes", Needs: access.SignedIn, Handle: p.offerCodes},
		{Pattern: "POST /desk/me/codes/on", Needs: access.SignedIn, Handle: p.codesOn},
		{Pattern: "POST /desk/me/codes/off", Needs: access.SignedIn, Handle: p.codesOff},

		{Pattern: "GET /desk/people", Needs: access.ManagePeople, Handle: p.list},
		{Pattern: "GET /desk/people/new", Needs: access.ManagePeople, Handle: p.blank},
		{Pattern: "POST /desk/people", Needs: access.ManagePeople, Handle: p.add},
		{Pattern: "GET /desk/people/{id}", Needs: access.ManagePeople, Handle: p.person},
		{Pattern: "POST /desk/people/{id}", Needs: access.ManagePeople, Handle: p.change},
		{Pattern: "POST /desk/people/{id}/password", Needs: access.ManagePeople, Handle: p.givePassword},
		{Pattern: "POST /desk/people/{id}/disable", Needs: access.ManagePeople, Handle: p.act(p.people.Disable, "desk.staff.disabled")},
		{Pattern: "POST /desk/people/{id}/enable", Needs: access.ManagePeople, Handle: p.act(p.people.Enable, "desk.staff.enabled")},
		{Pattern: "POST /desk/people/{id}/codes", Needs: access.ManagePeople, Handle: p.act(p.people.Codeless, "desk.staff.codeless")},
		{Pattern: "GET /desk/audit", Needs: access.SeeAudit, Handle: p.audit},
		{Pattern: "POST /desk/audit.csv", Needs: access.SeeAudit, Handle: p.auditCSV},
	}
}
