package dialogs

import (
	"cmp"
	"slices"
	"strings"

	"careline/dialogs/source"
)

// stateKeys in their only order, which is the order in which they happen.
var stateKeys = []string{
	"if", "set", "say", "ask", "type", "again", "list", "choose", "also", "retry", "call", "run", "with", "wait", "on", "next",
}

func (l *loader) state(d *Dialog, s *State, e source.Entry) {
	if e.Value.Is(source.Empty) {
		l.Add(e.KeyPos, 26)
		s.Doing = Forks
		return
	}
	f := l.Fields(e.Value, "a state", stateKeys...)
	if !e.Value.Is(source.Mapping) {
		s.Doing = Forks
		return
	}
	p := place{id: d.Name + "." + s.Name, class: d.Class, scope: func() Scope { return d.Scope }, dialog: d, state: s}
	l.doing(s, f)
	l.condition(f.Node("if"), "if", p, func(e *Expr) { s.If = e })
	s.passable = f.Has("if")
	l.assigns(d, s, f.Node("set"), p)
	said := p
	said.id += ".say"
	s.Say = l.say(f.Node("say"), said)
	switch s.Doing {
	case Asks:
		l.question(d, s, f, p)
	case Calls:
		s.Call = l.call(f.Node("call"), f.Node("with"), p, l.action)
		l.given(d, s.Call, func() []Param { return l.actionGives(s.Call.Name) })
	case Runs:
		s.Run = l.call(f.Node("run"), f.Node("with"), p, l.running)
		l.given(d, s.Run, func() []Param { return l.dialogGives(s.Run.Name) })
	}
	s.Wait = f.Duration("wait")
	l.ways(d, s, f, p)
	l.then(func() { l.outcomes(d, s, f) })
}

// doing finds the one thing that a state does; findings 25 and 26.
func (l *loader) doing(s *State, f source.Fields) {
	var does []string
	for _, key := range []string{"ask", "call", "run"} {
		if f.Has(key) {
			does = append(does, key)
		}
	}
	if len(does) > 1 {
		l.Add(f.KeyPos(does[1]), 25, does[0], does[1])
	}
	switch {
	case len(does) > 0:
		s.Doing = Doing(does[0])
	case f.Has("say"):
		s.Doing = Says
	case f.Has("next") || f.Has("set"):
		s.Doing = Forks
	default:
		s.Doing = Forks
		l.Add(s.Pos, 26)
	}
	for _, key := range f.Keys() {
		owner := owners[key]
		if owner != nil && !slices.Contains(owner, s.Doing) {
			l.Add(f.KeyPos(key), 83, "`"+key+"` goes only with "+alternatives(owner))
		}
	}
}

// owners of the keys that mean something only beside another.
var owners = map[string][]Doing{
	"type": {Asks}, "again": {Asks}, "list": {Asks}, "choose": {Asks}, "also": {Asks}, "retry": {Asks}, "wait": {Asks},
	"with": {Calls, Runs}, "on": {Asks, Calls, Runs},
}

// alternatives are the keys as a sentence has them: `call` or `run`.
func alternatives(doings []Doing) string {
	var b strings.Builder
	for i, d := range doings {
		switch {
		case i > 0 && i == len(doings)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString("`" + string(d) + "`")
	}
	return b.String()
}

// ways reads `on` and `next`; findings 27 and 28.
func (l *loader) ways(d *Dialog, s *State, f source.Fields, p place) {
	for _, e := range l.mapping(f.Node("on"), "on") {
		to := l.target(d, e.Value)
		if e.Key == "else" {
			s.Else = &to
			continue
		}
		s.On[e.Key] = to
	}
	next := f.Node("next")
	switch {
	case next == nil:
		s.Next = []Way{{Event: "next", To: d.below(s)}}
	case !next.Is(source.Mapping):
		s.Next = []Way{{Event: "next", To: l.target(d, next)}}
	default:
		l.forks(d, s, next, p)
	}
}

func (l *loader) forks(d *Dialog, s *State, next *source.Node, p place) {
	s.Next = make([]Way, len(next.Entries))
	otherwise := false
	for i, e := range next.Entries {
		if otherwise {
			l.Add(e.KeyPos, 28)
		}
		way := &s.Next[i]
		way.Pos, way.To = e.KeyPos, l.target(d, e.Value)
		if e.Key == "else" {
			otherwise, way.Event = true, "next.else"
			continue
		}
		way.Event = nextEvent(i)
		at := func(column int) source.Pos { q := e.KeyPos; q.Column += column; return q }
		l.exprAt(e.Key, at, p, l.yesno(func(e *Expr) { way.If = e }))
	}
	if !otherwise {
		l.Add(next.Pos, 27)
	}
}

// given notes the types of what an action or a dialog hands back.
func (l *loader) given(d *Dialog, c *Call, params func() []Param) {
	l.facts = append(l.facts, &fact{dialog: d, pos: c.Pos, all: params})
}

func (l *loader) actionGives(name string) []Param {
	if a := l.set.Actions[name]; a != nil {
		return a.Gives
	}
	return nil
}

// dialogGives are the answers that are typed already; inference asks again until nothing changes.
func (l *loader) dialogGives(name string) []Param {
	d := l.set.Dialogs[name]
	if d == nil {
		return nil
	}
	var params []Param
	for _, g := range d.Gives {
		if t, ok := d.Answers[g]; ok {
			params = append(params, Param{Name: g, Type: t})
		}
	}
	return params
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare)
	return keys
}
