package web

import (
	"net/http"
	"slices"

	"careline/bot/access"
	"careline/bot/runner"
	"careline/bot/web/figures"
	"careline/bot/web/inbox"
	"careline/bot/web/messengers"
	"careline/bot/web/page"
	"careline/bot/web/patients"
	"careline/bot/web/schedule"
	"careline/bot/web/scripts"
	"careline/bot/web/staff"
	"careline/bot/web/thread"
	"careline/bot/web/today"
)

// Office serves the desk under /desk/. people is d.Access itself, for the pages that let people in; talk is whoever runs the
// conversations, for the pages where people take part in them. more is served beside.
func Office(d page.Desk, people *access.Access, talk *runner.Runner, more ...page.Route) http.Handler {
	return page.Handler(d, append(OfficeRoutes(d, people, talk), more...)...)
}

// OfficeRoutes are all pages of the desk, one line each.
func OfficeRoutes(d page.Desk, people *access.Access, talk *runner.Runner) []page.Route {
	list := inbox.New(d)
	chats := thread.Parts{Desk: d, Front: talk.Front(), Presence: talk.Presence(), Journey: talk.Journey(), Room: talk.Room(), Inbox: list}
	return slices.Concat(
		list.Routes(),
		thread.New(chats).Routes(),
		patients.New(d).Routes(),
		staff.New(d, people).Routes(),
		today.New(d).Routes(),
		schedule.New(d).Routes(),
		figures.New(d).Routes(),
		scripts.New(d).Routes(),
		messengers.New(d).Routes(),
	)
}
