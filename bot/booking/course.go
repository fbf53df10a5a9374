package booking

import (
	"time"

	"careline/dialogs/words"
)

// Course of treatment, as doctors set it for their patients.
type Course struct {
	ID     string
	Title  Text
	Visits []CourseVisit // at least one
}

// CourseVisit is one visit of a course.
type CourseVisit struct {
	Service string
	Title   Text // none = the service's
	Days    int  // after the visit before it; the first, after the beginning
}

// dues are the days of the visits, as noon in the zone: far from midnight, whatever happens to its clock.
func dues(visits []CourseVisit, from words.Date, zone *time.Location) ([]time.Time, error) {
	noon, err := noonOf(from, zone)
	if err != nil {
		return nil, err
	}
	out := make([]time.Time, len(visits))
	for i, v := range visits {
		y, m, d := noon.Date()
		noon = time.Date(y, m, d+v.Days, 12, 0, 0, 0, zone)
		out[i] = noon
	}
	return out, nil
}

func noonOf(d words.Date, zone *time.Location) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	if err != nil {
		return t, err
	}
	y, m, n := t.Date()
	return time.Date(y, m, n, 12, 0, 0, 0, zone), nil
}

// home is the zone in which what a doctor has set is meant: that of the doctor's branch, else the main one's.
func (c *Clinic) home(doctor string) *time.Location {
	if p := c.Practitioner(doctor); p != nil {
		for _, b := range c.Branches {
			if p.Works[b.ID] != nil {
				return b.Zone
			}
		}
	}
	return c.Branches[0].Zone
}

// stepTitle is a title that was set in the clinic's first language, in this one where a course knows it.
func (l *Localized) stepTitle(set, service string) string {
	if set == "" {
		if s := l.services[service]; s != nil {
			return s.Title
		}
		return service
	}
	main := l.clinic.Languages[0]
	for _, c := range l.clinic.Courses {
		for _, v := range c.Visits {
			if v.Service == service && v.Title[main] == set {
				return l.Text(v.Title)
			}
		}
	}
	return set
}
