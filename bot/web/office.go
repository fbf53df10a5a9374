package web

import (
	"net/http"

	"careline/bot/web/page"
)

// Office serves the desk under /desk/.
func Office(d page.Desk) http.Handler { return page.Handler(d, OfficeRoutes(d)...) }

// OfficeRoutes are all pages of the desk.
func OfficeRoutes(page.Desk) (all []page.Route) {
	return all
}
