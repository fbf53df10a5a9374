package demo

import (
	"cmp"
	"html/template"
	"maps"
	"slices"

	"careline/bot/web/page"
	"careline/bot/web/picture"
	"careline/dialogs"
)

// Operator tells that a human speaks for the clinic.
func (v *view) Operator() bool { return v.scene.conversation.Owner == dialogs.Operator }

// crumb is a running dialog on the way to the one on top.
type crumb struct {
	Dialog, Title string
	Shown         bool
}

// Tasks are the running dialogs of each matter, the present matter first.
func (v *view) Tasks() (tasks [][]crumb) {
	shown := v.shown().dialog
	for _, t := range slices.Backward(v.scene.conversation.Tasks) {
		var crumbs []crumb
		for _, f := range slices.Backward(t.Frames) {
			crumbs = append(crumbs, crumb{f.Dialog, v.titles().Dialog(f.Dialog), f.Dialog == shown})
			if f.Dialog == shown {
				shown = "" // the uppermost is the one that is lit
			}
		}
		slices.Reverse(crumbs)
		tasks = append(tasks, crumbs)
	}
	return tasks
}

// Dialogs are all of them, to choose one.
func (v *view) Dialogs() (all []crumb) {
	for _, name := range slices.Sorted(maps.Keys(v.demo.Scripts.Dialogs)) {
		all = append(all, crumb{name, v.titles().Dialog(name), name == v.dialog})
	}
	slices.SortStableFunc(all, func(a, b crumb) int { return cmp.Compare(a.Title, b.Title) })
	return all
}

// titles of dialogs and timelines.
func (v *view) titles() page.Titles { return page.Titles{Scripts: v.scripts, Language: v.Lang} }

// Title of the dialog in the picture.
func (v *view) Title() string { return v.titles().Dialog(v.shown().dialog) }

// shown is the dialog in the picture and its state that is lit: the one where the conversation stands, or the
// one that the reader chose, lit when it is running below.
func (v *view) shown() last {
	at := standing(&v.scene.conversation, v.scene.seen)
	if v.demo.Scripts.Dialogs[at.dialog] == nil {
		at = last{dialog: v.demo.Scripts.Everywhere.Unknown.Name}
	}
	if v.dialog == "" || v.dialog == at.dialog {
		return at
	}
	chosen := last{dialog: v.dialog}
	for _, t := range v.scene.conversation.Tasks { // the uppermost counts
		for _, f := range t.Frames {
			if f.Dialog == v.dialog {
				chosen.state = f.State
			}
		}
	}
	return chosen
}

// Picture of the dialog.
func (v *view) Picture() template.HTML {
	at := v.shown()
	d := v.demo.Scripts.Dialogs[at.dialog]
	if d == nil {
		return ""
	}
	g := d.Graph()
	g.Title = v.titles().Dialog(at.dialog)
	return picture.SVG(g, picture.Options{
		Current: at.state, Glosses: picture.Glosses(v.scripts, d, v.Lang, v.titles().Dialog), Anytime: v.T("picture.anytime"),
		Labels: v.labels(),
	})
}

// labels are the engine's own outcomes in words; the others are the marketer's.
func (v *view) labels() map[string]string {
	words := map[string]string{}
	for _, outcome := range []string{"else", "skip", "expired", "no_consent", "failed", "quit"} {
		words[outcome] = v.T("picture." + outcome)
	}
	return words
}
