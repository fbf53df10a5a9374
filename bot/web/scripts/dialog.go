package scripts

import (
	"context"
	"slices"
	"strings"

	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/bot/web/picture"
	"careline/dialogs"
	"careline/dialogs/source"

	"github.com/a-h/templ"
)

// view is a dialog before the reader.
type view struct {
	dialog   *dialogs.Dialog
	at       *dialogs.State // that is lit; nil = none
	all      []row
	states   []stand
	findings source.Findings // in the dialog's file
	known    page.Counted[*numbers.Whereabouts]
	yaml     []string // of the state, or of the dialog's beginning
	line     int      // at which it begins in the file
	begun    []line   // timelines that begin it
}

// stand is a state with the people in it.
type stand struct {
	*dialogs.State
	Now  int
	Left numbers.Part // who was asked there and fell silent
}

func (p *Pages) view(ctx context.Context, q *page.Request) (*view, error) {
	d := p.Scripts.Dialogs[q.ID("dialog")]
	if d == nil {
		return nil, page.NotFound
	}
	known, err := p.count(ctx)
	if err != nil {
		return nil, err
	}
	v := &view{dialog: d, at: d.State(q.R.URL.Query().Get("at")), all: p.dialogs(q, known), known: known}
	for _, s := range d.States {
		at := stand{State: s}
		if w := known.Value; w != nil {
			place := numbers.Place{Dialog: d.Name, State: s.Name}
			at.Now, at.Left = w.Standing[place], w.Left(place)
		}
		v.states = append(v.states, at)
	}
	v.findings = slices.DeleteFunc(slices.Clone(p.Findings), func(f source.Finding) bool { return f.File != d.Pos.File })
	for _, l := range p.timelines(q, known) {
		if l.Runs == d.Name {
			v.begun = append(v.begun, l)
		}
	}
	v.line, v.yaml = p.written(d, v.at)
	return v, nil
}

// written is how the state stands in the file, or the whole file when there is none, and the number of its first line.
func (p *Pages) written(d *dialogs.Dialog, at *dialogs.State) (first int, lines []string) {
	all := p.lines[d.Pos.File]
	i := slices.IndexFunc(p.Scripts.Files, func(f *dialogs.ScriptFile) bool { return f.Name == d.Pos.File })
	if at == nil || i < 0 {
		return 1, all
	}
	for _, e := range p.Scripts.Files[i].Root.Get("states").Entries {
		if e.Key != at.Name || e.KeyPos.Line > len(all) {
			continue
		}
		end := e.KeyPos.Line
		for end < len(all) && (strings.TrimSpace(all[end]) == "" || indent(all[end]) >= e.KeyPos.Column) {
			end++
		}
		for end > e.KeyPos.Line && strings.TrimSpace(all[end-1]) == "" {
			end--
		}
		return e.KeyPos.Line, all[e.KeyPos.Line-1 : end]
	}
	return 1, all
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// picture of the dialog, with the people in it.
func (v *view) picture(q *page.Request) templ.Component {
	g := v.dialog.Graph()
	g.Title = q.Dialog(v.dialog.Name)
	o := picture.Options{
		Glosses: picture.Glosses(q.Scripts, v.dialog, q.Language, q.Dialog), Anytime: q.Word("demo.picture.anytime"),
		Labels: map[string]string{}, Notes: map[string]string{}, Links: map[string]string{},
	}
	for _, outcome := range []string{"else", "skip", "expired", "no_consent", "failed", "quit"} {
		o.Labels[outcome] = q.Word("demo.picture." + outcome)
	}
	if v.at != nil {
		o.Current = v.at.Name
	}
	for _, s := range v.states {
		o.Notes[s.Name], o.Links[s.Name] = s.note(q), path(v.dialog.Name, s.State, "")
	}
	return templ.Raw(string(picture.SVG(g, o))) // it has escaped its texts
}

// note is «12 здесь · ушли 30 %».
func (s stand) note(q *page.Request) string {
	var parts []string
	if s.Now > 0 {
		parts = append(parts, q.Count("desk.scripts.here", s.Now))
	}
	if s.Left.Count > 0 {
		parts = append(parts, q.Word("desk.scripts.left", "share", share(q, s.Left)))
	}
	return strings.Join(parts, " · ")
}
