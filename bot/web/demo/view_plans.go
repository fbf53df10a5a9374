package demo

import (
	"careline/dialogs"
	"careline/store"
)

// comes is what comes next, as the button says it.
type comes struct{ What, When string }

// Ahead is what comes next. Before the first booking it says what to do.
func (v *view) Ahead() comes {
	next := v.scene.ahead()
	switch {
	case next.over != nil:
		return comes{What: v.T("next.came")}
	case next.visit != nil:
		at := next.at
		if next.visit.Start.After(v.scene.now) {
			at = next.visit.Start
		}
		return comes{v.With("next.visit", "what", v.service(next.visit.Service)), v.When(at, v.scene.now, v.zoneOf(next.visit.Branch))}
	case next.plan != nil:
		return comes{v.titles().Timeline(next.plan.Timeline), v.moment(next.at)}
	case len(v.scene.visits) == 0:
		return comes{What: v.T("next.book")}
	case next.at.IsZero():
		return comes{What: v.T("next.nothing")}
	}
	return comes{v.T("next.due"), v.moment(next.at)}
}

// planned as the list shows it.
type planned struct {
	When, What, About string
	Class, Kind       string // of the message: service, care, advertising; and in words
	Outcome           string // in words; empty = it is to come
	Dropped           bool
}

// Plans are what is to come, the next first; then what was done or left, the newest first.
func (v *view) Plans() (all []planned) {
	for i := range v.scene.plans {
		p := &v.scene.plans[i]
		shown := planned{
			When: v.moment(p.Due), What: v.titles().Timeline(p.Timeline), About: v.about(p), Class: string(p.Class), Kind: v.Journey("class", string(p.Class)),
			Dropped: !p.comes() && p.Outcome != store.Sent,
		}
		switch {
		case p.Outcome == store.Sent && p.timeline != nil && p.timeline.Call != nil:
			shown.Outcome = v.Journey("outcome", "done")
		case !p.comes():
			shown.Outcome = v.Journey("outcome", p.Outcome)
		}
		all = append(all, shown)
	}
	return all
}

// about names the visit or the step of a course that a plan is about.
func (v *view) about(p *plan) string {
	switch thing := p.Thing.(type) {
	case *dialogs.Visit:
		return v.service(thing.Service.ID)
	case *dialogs.CourseStep:
		return thing.Title
	}
	return ""
}

func (v *view) service(id string) string {
	if s := v.demo.Clinic.In(v.Lang).Service(id); s != nil {
		return s.Title
	}
	return id
}
