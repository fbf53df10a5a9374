package page

import (
	"cmp"
	"slices"
	"strings"

	"careline/dialogs"
)

// Titles are what the clinic's dialogs and timelines are called in a language.
type Titles struct {
	Scripts  *dialogs.Set
	Language string
}

// Dialog is what people call a dialog.
func (q *Request) Dialog(name string) string { return Titles{q.Scripts, q.Language}.Dialog(name) }

// Timeline is what a timeline does, in the marketer's own words.
func (q *Request) Timeline(name string) string { return Titles{q.Scripts, q.Language}.Timeline(name) }

// Dialog is its title. Titles are written in the scripts' own language only, but every dialog has a name.
func (t Titles) Dialog(name string) string {
	d := t.Scripts.Dialogs[name]
	if d != nil && d.Title != "" && t.Language == t.Scripts.Languages[0] {
		return strings.TrimSpace(d.Title)
	}
	return spaced(name)
}

// Timeline is the title of its dialog, what it tells the desk, or how it begins to speak; else its name.
func (t Titles) Timeline(name string) string {
	all := t.Scripts.Journey.Timelines
	i := slices.IndexFunc(all, func(one *dialogs.Timeline) bool { return one.Name == name })
	if i < 0 {
		return spaced(name)
	}
	switch one := all[i]; {
	case one.Run != nil:
		return t.Dialog(one.Run.Name)
	case one.Call != nil:
		return cmp.Or(t.note(one.Call), t.Scripts.Catalogue().Word(t.Language, "desk.page.does."+one.Call.Name), spaced(name))
	case len(one.Say) > 0:
		return cmp.Or(t.begins(one.Say[0].ID), spaced(name))
	case len(one.Series) > 0 && len(one.Series[0].Say) > 0:
		return cmp.Or(t.begins(one.Series[0].Say[0].ID), spaced(name))
	}
	return spaced(name)
}

// note is what colleagues are told.
func (t Titles) note(c *dialogs.Call) string {
	if v := c.With["note"]; v != nil && v.Text != nil {
		return t.begins(v.Text.ID)
	}
	return ""
}

// begins is the first sentence of a text; empty where it is not in the language.
func (t Titles) begins(id string) string {
	if _, ok := t.Scripts.Catalogue().Message(t.Language, id); !ok {
		return ""
	}
	first, _, _ := strings.Cut(t.Scripts.FirstWords(t.Language, id), ". ")
	return first
}

// spaced is a name as people write one.
func spaced(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
}
