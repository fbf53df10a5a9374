package check

import (
	"careline/dialogs"
)

// passedOver finds buttons that lead to a question which `if` passes over because its answer is known: 37.
func (c *checker) passedOver() {
	for _, d := range c.sound() {
		g := c.graphs[d.Name]
		maybe := g.maybe()
		for _, s := range d.States {
			if s.Doing != dialogs.Asks {
				continue
			}
			for _, choice := range s.Ask.Choices {
				to := d.State(s.On[choice.Value].State)
				if to == nil || to.If == nil || to.Doing != dialogs.Asks && to.Doing != dialogs.Runs {
					continue
				}
				for _, name := range wantsEmpty(treeOf(to.If)) {
					if maybe[s.Name][name] {
						c.Add(choice.Pos, 37, choice.Value, name, name)
						break
					}
				}
			}
		}
	}
}

// maybe are the answers that may be filled when a state is left.
func (g *graph) maybe() map[string]map[string]bool {
	known := map[string]map[string]bool{}
	var visit func(s *dialogs.State, with map[string]bool)
	visit = func(s *dialogs.State, with map[string]bool) {
		if s == nil {
			return
		}
		have, seen := known[s.Name]
		if have == nil {
			have = map[string]bool{}
		}
		grown := !seen
		for name := range with {
			grown = grown || !have[name]
			have[name] = true
		}
		known[s.Name] = have
		if !grown {
			return
		}
		after := map[string]bool{}
		for name := range have {
			after[name] = true
		}
		for _, a := range s.Set {
			if isNil(a.Value) {
				delete(after, a.Name)
			} else {
				after[a.Name] = true
			}
		}
		for _, name := range fills(g.set, s) {
			after[name] = true
		}
		for _, w := range g.ways[s.Name] {
			if w.kind == skipped {
				visit(w.to, have)
			} else {
				visit(w.to, after)
			}
		}
	}
	start := map[string]bool{}
	for _, p := range g.d.Takes {
		start[p.Name] = true
	}
	if len(g.d.States) > 0 {
		visit(g.d.States[0], start)
	}
	return known
}

// fills are the names that a state may fill.
func fills(set *dialogs.Set, s *dialogs.State) []string {
	var names []string
	switch s.Doing {
	case dialogs.Asks:
		names = append(names, s.Ask.Answer)
		for _, a := range s.Ask.Also {
			names = append(names, a.Answer)
		}
	case dialogs.Calls:
		if a := set.Actions[s.Call.Name]; a != nil {
			for _, p := range a.Gives {
				names = append(names, p.Name)
			}
		}
	case dialogs.Runs:
		if d := set.Dialogs[s.Run.Name]; d != nil {
			names = append(names, d.Gives...)
		}
	}
	return names
}

// isNil: `set: {x: nil}` forgets.
func isNil(v *dialogs.Value) bool {
	return v == nil || v.Expr == nil && v.Text == nil && v.Literal == nil
}
