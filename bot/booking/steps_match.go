package booking

import (
	"cmp"
	"slices"
	"time"

	"careline/store"
)

// early is how long before its date a visit already counts as the one that prevention asks for.
const early = 60 * 24 * time.Hour

// match tells which visit each step is about: the first active step of a course has the first visit of its service
// since the course was made, the second the second. Visits come by start; those that were given up count for nothing.
func match(steps []store.Step, visits []store.Appointment) map[string]store.Appointment {
	found, spent := map[string]store.Appointment{}, map[string]bool{}
	for _, s := range steps {
		i := slices.IndexFunc(visits, func(v store.Appointment) bool { return v.ID == s.Visit })
		if s.Visit != "" && i >= 0 {
			found[s.ID], spent[s.Visit] = visits[i], true
		}
	}
	since := begun(steps)
	for _, s := range inOrder(steps) {
		if s.State != store.StepActive {
			continue
		}
		from := since[s.PatientID+" "+s.Course]
		if s.Course == "" {
			from = latestOf(s.CreatedAt, s.Due.Add(-early))
		}
		for _, v := range visits {
			if v.PatientID != s.PatientID || v.Service != s.Service || !takesTime(v.Status) || v.Start.Before(from) || s.Course != "" && spent[v.ID] {
				continue
			}
			found[s.ID] = v
			spent[v.ID] = spent[v.ID] || s.Course != ""
			break
		}
	}
	return found
}

// begun tells since when visits may belong to a course: since it was made, or since its first day if that was before.
func begun(steps []store.Step) map[string]time.Time {
	since := map[string]time.Time{}
	for _, s := range steps {
		course, from := s.PatientID+" "+s.Course, s.CreatedAt
		if day := s.Due.Add(-12 * time.Hour); day.Before(from) { // due is at noon
			from = day
		}
		if t, ok := since[course]; !ok || from.Before(t) {
			since[course] = from
		}
	}
	return since
}

// inOrder are the steps in the order in which visits serve them: older courses first.
func inOrder(steps []store.Step) []store.Step {
	steps = slices.Clone(steps)
	slices.SortStableFunc(steps, func(a, b store.Step) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Course, b.Course), cmp.Compare(a.Number, b.Number))
	})
	return steps
}

func latestOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
