package dialogs

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"careline/dialogs/source"
)

const (
	maxStates = 60
	lasts     = 72 * time.Hour // a dialog without `expires`
)

func (l *loader) dialog(name string, f source.Fields) {
	d := &Dialog{
		Pos: f.Pos, Name: l.Name(f.Node("dialog").Pos, f.Word("dialog")), Class: Class(f.OneOf("class", "service", "care", "advertising")),
		On: map[string]Target{}, Renamed: map[string]string{}, Answers: map[string]Type{}, byName: map[string]*State{},
	}
	d.Scope = Scope{names: d.Answers, memory: l.set.Memory}
	if before := l.set.Dialogs[d.Name]; before != nil {
		l.Add(d.Pos, 14, d.Name, before.Pos.File)
		return
	}
	l.set.Dialogs[d.Name] = d
	if base := strings.TrimSuffix(path.Base(name), ".yaml"); base != d.Name {
		l.Add(d.Pos, 13, path.Base(name), d.Name)
	}
	f.Need("title", "states")
	d.Title = f.Text("title")
	d.Formerly = f.Word("formerly")
	if d.Expires = f.Duration("expires"); !f.Has("expires") {
		d.Expires = lasts
	}
	d.Needs = l.consents(f.Node("needs"))
	l.ends(d, f)
	l.takes(d, f)
	l.states(d, f)
	l.gives(d, f)
	for _, e := range l.mapping(f.Node("on"), "on") {
		if l.OneOf(&source.Node{Pos: e.KeyPos, Kind: source.Scalar, Text: e.Key}, "on", "expired", "quit", "no_consent", "failed") != "" {
			d.On[e.Key] = l.target(d, e.Value)
		}
	}
	for _, e := range l.mapping(f.Node("renamed"), "renamed") {
		to := l.target(d, e.Value)
		if to.End != "" {
			l.Add(e.Value.Pos, 83, "`renamed` leads from an old state to a new one; an end is none")
		}
		d.Renamed[e.Key] = to.State
	}
	l.then(func() { l.others(d, f) })
}

// others checks the dialogs that are meant without `run`.
func (l *loader) others(d *Dialog, f source.Fields) {
	if l.set.Dialogs[d.Formerly] != nil {
		l.Add(f.Node("formerly").Pos, 83, "dialog "+d.Formerly+" still exists, nobody will come over from it")
	}
	whole := l.once["everywhere"] != "" // a piece of a clinic may be checked without the rest
	if whole && len(d.Needs) > 0 && l.set.Dialogs["consent"] == nil && !l.unread("consent") {
		l.Add(f.Node("needs").Pos, 15, "consent", ", which asks for what `needs` names")
	}
}

// mapping gives the entries of a node whose keys are free names.
func (l *loader) mapping(n *source.Node, key string) []source.Entry {
	if n == nil || n.Is(source.Empty) {
		return nil
	}
	if !n.Is(source.Mapping) {
		l.Add(n.Pos, 78, key, source.Mapping, n.Kind)
	}
	return n.Entries
}

func (l *loader) consents(n *source.Node) []string {
	var needs []string
	if n.Is(source.Scalar) {
		n = &source.Node{Kind: source.List, Pos: n.Pos, Items: []*source.Node{n}}
	}
	if n != nil && !n.Is(source.List) {
		l.Add(n.Pos, 78, "needs", source.List, n.Kind)
		return nil
	}
	for _, item := range n.Children() {
		if w := l.OneOf(item, "needs", "personal", "health"); w != "" {
			needs = append(needs, w)
		}
	}
	return needs
}

func (l *loader) ends(d *Dialog, f source.Fields) {
	if d.Ends = f.Words("ends"); len(d.Ends) == 0 {
		d.Ends = []string{"done"}
	}
	at := f.Pos
	if n := f.Node("ends"); n != nil {
		at = n.Pos
	}
	for _, e := range d.Ends {
		l.Name(at, e)
		l.outcomeName(at, e)
	}
}

func (l *loader) takes(d *Dialog, f source.Fields) {
	for _, e := range l.mapping(f.Node("takes"), "takes") {
		l.answerName(e.KeyPos, e.Key)
		p, err := ParseParam(e.Key, l.Word(e.Value, e.Key))
		if err != nil {
			l.Add(e.Value.Pos, 83, err.Error())
			d.Scope.open = true
			continue
		}
		d.Takes = append(d.Takes, p)
		l.know(d, e.Key, e.KeyPos, func() (Type, bool) { return p.Type, true })
	}
}

// gives promises answers to the caller; finding 48.
func (l *loader) gives(d *Dialog, f source.Fields) {
	d.Gives = f.Words("gives")
	l.then(func() {
		for _, name := range d.Gives {
			if _, ok := d.Scope.Type(name); !ok {
				l.Add(f.Node("gives").Pos, 48, name)
			}
		}
	})
}

func (l *loader) states(d *Dialog, f source.Fields) {
	entries := l.mapping(f.Node("states"), "states")
	if len(entries) > maxStates {
		l.Add(f.KeyPos("states"), 83, fmt.Sprintf("%d states; a dialog may have %d, split it", len(entries), maxStates))
	}
	for i, e := range entries {
		if e.Key == "end" || e.Key == "else" {
			l.Add(e.KeyPos, 12, e.Key, e.Key)
		}
		s := &State{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Index: i, On: map[string]Target{}}
		d.States = append(d.States, s)
		d.byName[s.Name] = s
	}
	if f.Has("states") && len(entries) == 0 {
		l.Add(f.KeyPos("states"), 26)
	}
	for i, e := range entries {
		l.state(d, d.States[i], e)
	}
}

// target reads the name of a state, `end` or `end OUTCOME`; findings 17 and 18.
func (l *loader) target(d *Dialog, n *source.Node) Target {
	w := l.Word(n, "target")
	outcome, isEnd := strings.CutPrefix(w, "end ")
	switch {
	case w == "":
		if n != nil && n.Is(source.Empty) {
			l.Add(n.Pos, 17, "«»", ".")
		}
	case w == "end":
		return Target{End: d.Ends[0]}
	case isEnd && slices.Contains(d.Ends, strings.TrimSpace(outcome)):
		return Target{End: strings.TrimSpace(outcome)}
	case isEnd:
		l.Add(n.Pos, 18, d.Name, strings.TrimSpace(outcome), strings.Join(d.Ends, ", "))
	case d.byName[w] != nil:
		return Target{State: w}
	default:
		hint := source.DidYouMean(w, stateNames(d))
		if hint == "" {
			hint = "."
		}
		l.Add(n.Pos, 17, w, hint)
	}
	return Target{}
}

func stateNames(d *Dialog) []string {
	names := make([]string, len(d.States))
	for i, s := range d.States {
		names[i] = s.Name
	}
	return names
}

// below is where one goes when nothing else is said.
func (d *Dialog) below(s *State) Target {
	if s.Index+1 < len(d.States) {
		return Target{State: d.States[s.Index+1].Name}
	}
	return Target{End: d.Ends[0]}
}
