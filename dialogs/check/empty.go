package check

import (
	"maps"
	"strings"

	"careline/dialogs"
)

// empty finds answers that a text shows although they may be empty on the way there: 49.
func (c *checker) empty() {
	f := &flow{set: c.set, graphs: c.graphs, ends: map[string]map[string]facts{}}
	for _, d := range c.sound() {
		g := c.graphs[d.Name]
		before := f.states(g)
		told := map[string]bool{}
		for _, t := range c.set.Texts {
			have, reached := before[stateOf(t)]
			if t.Dialog != d || t.Role == dialogs.NoteRole || !reached {
				continue
			}
			have = within(have, t)
			for _, form := range forms(t) {
				for _, ref := range form.template.Values() {
					name := root(ref.Path)
					if _, answer := d.Answers[name]; !answer || name == "patient" || ref.Optional || have[name] || told[t.ID+name] {
						continue
					}
					told[t.ID+name] = true
					at := strings.Index(form.text, "{"+ref.Path)
					c.Add(form.at(at), 49, ref.Path, f.path(g, t.State, name), ref.Path)
				}
			}
		}
	}
}

func stateOf(t *dialogs.ScriptText) string {
	if t.State == nil {
		return ""
	}
	return t.State.Name
}

// within are the facts of a state where one of its messages is said.
func within(have facts, t *dialogs.ScriptText) facts {
	have = have.and(treeFacts(t.State.If, true))
	for _, a := range t.State.Set {
		if isNil(a.Value) {
			delete(have, a.Name)
		} else {
			have[a.Name] = true
		}
	}
	said := item(t)
	if said == nil {
		return have
	}
	have = have.and(treeFacts(said.If, true))
	for _, m := range t.State.Say {
		if m == said || !said.Else {
			break
		}
		have = have.and(treeFacts(m.If, false))
	}
	return have
}

// facts are the answers that are surely not empty.
type facts map[string]bool

func (f facts) and(names []string) facts {
	out := maps.Clone(f)
	if out == nil {
		out = facts{}
	}
	for _, n := range names {
		if !strings.Contains(n, ".") {
			out[n] = true
		} else {
			out[root(n)] = true // a field of an empty record is empty
		}
	}
	return out
}

func treeFacts(e *dialogs.Expr, is bool) []string {
	if e == nil {
		return nil
	}
	return filled(e.Tree, is)
}

// flow follows the answers through the dialogs.
type flow struct {
	set    *dialogs.Set
	graphs map[string]*graph
	ends   map[string]map[string]facts // dialog → end → answers surely given there
}

// states gives what is surely filled when a state begins.
func (f *flow) states(g *graph) map[string]facts {
	before := map[string]facts{}
	if len(g.d.States) == 0 {
		return before
	}
	start := facts{}
	for _, p := range g.d.Takes {
		if !p.Optional || p.Default != nil {
			start[p.Name] = true
		}
	}
	queue := []*dialogs.State{g.d.States[0]}
	before[g.d.States[0].Name] = start
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		for _, w := range g.ways[s.Name] {
			if w.to == nil {
				continue
			}
			now := f.along(g, w, before[s.Name])
			have, seen := before[w.to.Name]
			if seen {
				now = both(have, now)
				if len(now) == len(have) {
					continue
				}
			}
			before[w.to.Name] = now
			queue = append(queue, w.to)
		}
	}
	return before
}

func both(a, b facts) facts {
	out := facts{}
	for n := range a {
		if b[n] {
			out[n] = true
		}
	}
	return out
}

// along is what is filled at the end of a way.
func (f *flow) along(g *graph, w way, have facts) facts {
	if w.kind == skipped {
		return have.and(treeFacts(w.cond, false))
	}
	out := have.and(treeFacts(w.from.If, true))
	for _, a := range w.from.Set {
		if isNil(a.Value) {
			delete(out, a.Name)
		} else {
			out[a.Name] = true
		}
	}
	for n := range f.given(w) {
		out[n] = true
	}
	for _, e := range w.above {
		out = out.and(treeFacts(e, false))
	}
	if strings.HasPrefix(w.event, "next") {
		out = out.and(treeFacts(w.cond, true))
	}
	return out
}

// given are the answers that a state surely fills when one of the way's outcomes came.
func (f *flow) given(w way) facts {
	s := w.from
	switch s.Doing {
	case dialogs.Asks:
		return asked(s.Ask, w)
	case dialogs.Calls:
		out := facts{}
		if a := f.set.Actions[s.Call.Name]; a != nil && w.event != "failed" && w.kind != lapsed {
			for _, p := range a.Gives {
				if !p.Optional {
					out[p.Name] = true
				}
			}
		}
		return out
	case dialogs.Runs:
		return f.ran(s.Run.Name, w.outcomes)
	}
	return nil
}

func asked(q *dialogs.Question, w way) facts {
	var out facts
	for _, o := range w.outcomes {
		now := facts{}
		switch {
		case o == "answered", q.Closed() && isChoice(q, o):
			now[q.Answer] = true
		default:
			for _, a := range q.Also {
				if a.Answer == o {
					now[o] = true
				}
			}
		}
		if out == nil {
			out = now
		} else {
			out = both(out, now)
		}
	}
	return out
}

func isChoice(q *dialogs.Question, value string) bool {
	for _, c := range q.Choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

// ran are the answers that a dialog surely gives whichever of the outcomes it ends with.
func (f *flow) ran(name string, outcomes []string) facts {
	d := f.set.Dialogs[name]
	if d == nil {
		return nil
	}
	ends, known := f.ends[name]
	if !known {
		f.ends[name] = nil // a circle of runs gives nothing
		ends = f.dialogEnds(f.graphs[name])
		f.ends[name] = ends
	}
	var out facts
	for _, o := range outcomes {
		now := facts{}
		for _, g := range d.Gives {
			if ends[o][g] {
				now[g] = true
			}
		}
		if out == nil {
			out = now
		} else {
			out = both(out, now)
		}
	}
	return out
}

func (f *flow) dialogEnds(g *graph) map[string]facts {
	ends := map[string]facts{}
	before := f.states(g)
	for name, have := range before {
		for _, w := range g.ways[name] {
			if w.to != nil {
				continue
			}
			now := f.along(g, w, have)
			if was, seen := ends[w.end]; seen {
				now = both(was, now)
			}
			ends[w.end] = now
		}
	}
	return ends
}

// path is a shortest way from the beginning to a state on which the answer stays empty.
func (f *flow) path(g *graph, to *dialogs.State, name string) string {
	type step struct {
		s    *dialogs.State
		back *step
	}
	queue := []*step{{s: g.d.States[0]}}
	seen := map[string]bool{g.d.States[0].Name: true}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at.s == to {
			var names []string
			for ; at != nil; at = at.back {
				names = append([]string{at.s.Name}, names...)
			}
			if len(names) > 5 {
				names = append(append(names[:2:2], "…"), names[len(names)-2:]...)
			}
			return strings.Join(names, " → ")
		}
		for _, w := range g.ways[at.s.Name] {
			if w.to != nil && !seen[w.to.Name] && !f.along(g, w, facts{})[name] {
				seen[w.to.Name] = true
				queue = append(queue, &step{w.to, at})
			}
		}
	}
	return "… → " + to.Name
}
