package web

import (
	"net/http"
	"slices"

	"careline/bot/access"
	"careline/bot/runner"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/bot/web/patients"
	"careline/bot/web/schedule"
	"careline/bot/web/staff"
	"careline/bot/web/thread"
	"careline/bot/web/today"
)

// Office serves the desk under /desk/. people is d.Access itself, for the pages that let people in; talk is whoever runs the
// conversations, for the pages where people take part in them.
func Office(d page.Desk, people *access.Access, talk *runner.Runner) http.Handler {
	return page.Handler(d, OfficeRoutes(d, people, talk)...)
}

// OfficeRoutes are all pages of the desk, one line each.
func OfficeRoutes(d page.Desk, people *access.Access, talk *runner.Runner) []page.Route {
	list := inbox.New(d)
	chats := thread.Parts{Desk: d, Front: talk.Front(), Presence: talk.Presence(), Journey: talk.Journey(), Inbox: list}
	return slices.Concat(
		list.Routes(),
		thread.New(chats).Routes(),
		patients.New(d).Routes(),
		staff.New(d, people).Routes(),
		today.New(d).Routes(),
		schedule.New(d).Routes(),
	)
}
