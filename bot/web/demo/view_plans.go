package demo

import (
	"strings"

	"careline/bot/desk"
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
		return comes{v.what(next.plan), v.moment(next.at)}
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
			When: v.moment(p.Due), What: v.what(p), About: v.about(p), Class: string(p.Class), Kind: v.Journey("class", string(p.Class)),
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

// what a timeline does, in the marketer's own words where they are in the reader's language: the title of its dialog, or
// the first words that it says.
func (v *view) what(p *plan) string {
	t := p.timeline
	if t == nil || v.Lang != v.demo.Scripts.Languages[0] {
		return v.title(p.Timeline)
	}
	switch {
	case t.Run != nil:
		return v.title(t.Run.Name)
	case t.Call != nil && t.Call.Name == "desk.came":
		return v.Ticket(desk.Outcome)
	case t.Call != nil:
		if note := t.Call.With["note"]; note != nil && note.Text != nil {
			return v.firstWords(note.Text.ID)
		}
	case len(t.Say) > 0 || len(t.Series) > 0:
		if words, _, _ := strings.Cut(v.firstWords(opening(t).ID), ". "); words != "" {
			return words
		}
	}
	return v.title(p.Timeline)
}

// opening is the first message of a timeline that speaks.
func opening(t *dialogs.Timeline) *dialogs.Message {
	if len(t.Say) > 0 {
		return t.Say[0]
	}
	return t.Series[0].Say[0]
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
