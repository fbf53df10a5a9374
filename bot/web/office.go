package web

import (
	"net/http"
	"slices"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/bot/web/staff"
	"careline/bot/web/today"
)

// Office serves the desk under /desk/. people is d.Access itself, for the pages that let people in.
func Office(d page.Desk, people *access.Access) http.Handler {
	return page.Handler(d, OfficeRoutes(d, people)...)
}

// OfficeRoutes are all pages of the desk, one line each.
func OfficeRoutes(d page.Desk, people *access.Access) []page.Route {
	return slices.Concat(
		staff.New(d, people).Routes(),
		today.New(d).Routes(),
	)
}
