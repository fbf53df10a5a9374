package booking

import (
	"time"

	"careline/dialogs/source"
)

const maxCourse = 100 // visits of a course

func (r *reader) course(id string, n *source.Node) {
	f := r.Fields(n, "a course", keysOf[courseFile]()...)
	f.Need("title", "steps")
	c := &Course{ID: id, Title: r.text(f.Node("title"), "title")}
	for _, item := range items(f.Node("steps")) {
		c.Visits = append(c.Visits, r.courseVisits(item)...)
	}
	switch {
	case len(c.Visits) > maxCourse:
		r.Problem(f.KeyPos("steps"), "a course has at most %d visits; this one has %d", maxCourse, len(c.Visits))
	case len(c.Visits) == 0 && f.Has("steps"):
		r.Problem(f.KeyPos("steps"), "a course has at least one step; add `- service: …`")
	}
	r.c.Courses = append(r.c.Courses, c)
}

// courseVisits reads a step, which may stand for many visits.
func (r *reader) courseVisits(n *source.Node) []CourseVisit {
	f := r.Fields(n, "a step", keysOf[courseStepFile]()...)
	f.Need("service")
	first := CourseVisit{Service: f.Word("service"), Title: r.text(f.Node("title"), "title"), Days: r.days(f, "after")}
	r.refer("service", f.Node("service"), first.Service)
	visits, times, every := []CourseVisit{first}, f.Int("times"), r.days(f, "every")
	switch {
	case !f.Has("times") && f.Has("every"):
		r.Problem(f.KeyPos("every"), "`every` is for several visits; add `times: 10`")
	case !f.Has("times"):
		return visits
	case times < 2 || times > maxCourse:
		r.Problem(f.Node("times").Pos, "`times` is 2 to %d; for one visit leave it out", maxCourse)
		return visits
	case every == 0:
		r.Problem(f.KeyPos("times"), "several visits need days between them; add `every: 3d`")
	}
	next := first
	next.Days = every
	for range times - 1 {
		visits = append(visits, next)
	}
	return visits
}

// days reads a length of whole days.
func (r *reader) days(f source.Fields, key string) int {
	const day = 24 * time.Hour
	d := f.Duration(key)
	if d%day != 0 {
		r.Problem(f.Node(key).Pos, "`%s` is in whole days; write `7d`", key)
	}
	return int(d / day)
}
