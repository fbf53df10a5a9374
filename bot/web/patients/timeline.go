package patients

import (
	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/dialogs"
)

// what a timeline does, and about what.
func what(q *page.Request, e journey.Entry) string {
	title := q.Timeline(e.Timeline)
	switch thing := e.Thing.(type) {
	case *dialogs.Visit:
		return title + " · " + service(q, thing.Service.ID)
	case *dialogs.CourseStep:
		return title + " · " + thing.Title
	}
	return title
}
