package check

import (
	"strings"

	"careline/dialogs"
)

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
