package check

import (
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
