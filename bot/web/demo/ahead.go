package demo

import (
	"slices"
	"time"

	"careline/store"
)

// ahead is what comes next for those who write: one of its fields is set, or none when nothing is going to happen.
type ahead struct {
	at time.Time
	// over is a visit that has taken place, and nobody has said whether the patient came.
	over *store.Appointment
	// visit that takes place until at.
	visit *store.Appointment
	plan  *plan
}

// ahead of the chat: the desk's word about a visit that is over, else the earlier of a visit's end and a plan, else
// whatever falls due.
func (s *scene) ahead() (next ahead) {
	for i := range s.visits { // by start
		v := &s.visits[i]
		if slices.Contains(outcomes, v.Status) {
			continue
		}
		if !v.End.After(s.now) {
			return ahead{at: s.now, over: v}
		}
		if next.at.IsZero() || v.End.Before(next.at) {
			next = ahead{at: v.End, visit: v}
		}
	}
	for i := range s.plans {
		p := &s.plans[i]
		if p.comes() && (next.at.IsZero() || p.Due.Before(next.at)) {
			next = ahead{at: p.Due, plan: p}
		}
	}
	if next.at.IsZero() {
		next.at = s.next
	}
	if next.at.After(s.now.Add(maxMove)) {
		return ahead{}
	}
	return next
}
