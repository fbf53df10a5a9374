package patients

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/locales"
)

// what a timeline does, and about what.
func what(q *page.Request, e journey.Entry) string {
	title := timeline(q, e.Timeline)
	switch thing := e.Thing.(type) {
	case *dialogs.Visit:
		return title + " · " + service(q, thing.Service.ID)
	case *dialogs.CourseStep:
		return title + " · " + thing.Title
	}
	return title
}

// timeline in the marketer's own words where they are in the reader's language: the title of its dialog, or how it begins
// to speak.
func timeline(q *page.Request, name string) string {
	all := q.Scripts.Journey.Timelines
	i := slices.IndexFunc(all, func(t *dialogs.Timeline) bool { return t.Name == name })
	if i < 0 {
		return spaced(name)
	}
	switch t := all[i]; {
	case t.Run != nil:
		return dialog(q, t.Run.Name)
	case t.Call != nil:
		return cmp.Or(q.Scripts.Catalogue().Word(q.Language, "desk.patients.does."+t.Call.Name), spaced(name))
	case len(t.Say) > 0:
		return cmp.Or(beginning(q, t.Say[0].ID), spaced(name))
	case len(t.Series) > 0:
		return cmp.Or(beginning(q, t.Series[0].Say[0].ID), spaced(name))
	}
	return spaced(name)
}

// beginning is the first sentence of a text; empty where it has none in the reader's language.
func beginning(q *page.Request, id string) string {
	m, ok := q.Scripts.Catalogue().Message(q.Language, id)
	if !ok {
		return ""
	}
	t, err := locales.Parse(m.Forms[locales.Other])
	if err != nil {
		return ""
	}
	for line := range strings.Lines(t.Plain()) {
		if strings.ContainsFunc(line, unicode.IsLetter) {
			first, _, _ := strings.Cut(strings.Join(strings.Fields(strings.ReplaceAll(line, locales.Placeholder, "…")), " "), ". ")
			return first
		}
	}
	return ""
}
