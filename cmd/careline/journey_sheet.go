package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/bot/journey"
	"careline/dialogs"
	"careline/locales"
	"careline/store"
)

// journeySheet puts a journey into words.
type journeySheet struct {
	*sheet
	at time.Time
}

func (s *journeySheet) print(w io.Writer, j patientJourney) {
	fmt.Fprintln(w, dotted(j.person.FullName, locales.Phone(j.person.Phone), j.person.ID))
	coming := func(e journey.Foreseen) bool { return e.Outcome == journey.Planned }
	was := func(e journey.Foreseen) bool { return !coming(e) && !e.Due.IsZero() && !e.Due.After(s.at) }
	s.part(w, "coming", j.Entries, coming)
	s.part(w, "was", j.Entries, was)
	s.part(w, "not", j.Entries, func(e journey.Foreseen) bool { return !coming(e) && !was(e) })
}

// dotted joins what there is.
func dotted(pieces ...string) string {
	return strings.Join(slices.DeleteFunc(pieces, func(s string) bool { return s == "" }), " · ")
}

func (s *journeySheet) part(w io.Writer, title string, entries []journey.Foreseen, in func(journey.Foreseen) bool) {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e journey.Foreseen) bool { return !in(e) })
	fmt.Fprintf(w, "\n%s\n", s.word("part."+title))
	if len(entries) == 0 {
		fmt.Fprintf(w, "  %s\n", s.word("nothing"))
	}
	for _, e := range entries {
		s.entry(w, e)
	}
}

func (s *journeySheet) entry(w io.Writer, e journey.Foreseen) {
	due := ""
	if !e.Due.IsZero() {
		due = s.when(e.Due)
	}
	fmt.Fprintln(w, "  "+dotted(due, e.Timeline, s.about(e.Entry), s.word("class."+string(e.Class)), e.Channel, e.Variant))
	fmt.Fprintln(w, "      "+s.fate(e))
	for _, path := range slices.Sorted(maps.Keys(e.Values)) {
		fmt.Fprintf(w, "      %s = %s\n", path, cmp.Or(e.Values[path], "—"))
	}
}

// fate is what became or becomes of it, and why.
func (s *journeySheet) fate(e journey.Foreseen) string {
	switch {
	case e.Outcome != journey.Planned && e.Condition != "":
		return s.outcome(e.Outcome) + ": " + e.Condition
	case e.Outcome != journey.Planned:
		return s.outcome(e.Outcome)
	case e.Would == store.Sent:
		return s.word("would_send")
	case e.Would == journey.Waits:
		return s.word("would_wait") + " " + s.when(e.Until)
	case e.Would == "":
		return s.word("would_change")
	}
	return s.word("would_drop") + ": " + s.outcome(e.Would)
}

// word of locales, under journey, as it is written: it may stand inside a line.
func (s *journeySheet) word(id string) string {
	if m, ok := s.Scripts.Catalogue().Message(s.language, "journey."+id); ok {
		return m.Forms[locales.Other]
	}
	return id
}

func (s *journeySheet) outcome(name string) string {
	return s.word("outcome." + strings.ReplaceAll(name, " ", "_"))
}

func (s *journeySheet) when(at time.Time) string {
	zone := s.Clinic.Branches[0].Zone
	return s.format.When(locales.Moment{At: at.In(zone), Now: s.at.In(zone)})
}

// about names the thing: a visit by its service and day.
func (s *journeySheet) about(e journey.Entry) string {
	switch thing := e.Thing.(type) {
	case *dialogs.Visit:
		title := thing.Service.ID
		if service := s.here.Service(thing.Service.ID); service != nil {
			title = service.Title
		}
		return title + ", " + s.when(thing.Start.At)
	case *dialogs.CourseStep:
		return thing.Title
	}
	return ""
}
