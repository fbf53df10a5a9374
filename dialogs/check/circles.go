package check

import (
	"slices"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

// circles finds ways that come round without a word of the person: 34 at once, 35 after silences.
func (c *checker) circles() {
	for _, d := range c.sound() {
		g := c.graphs[d.Name]
		talk := g.circles(func(k kind) bool { return k == skipped || k == silently })
		for _, circle := range talk {
			c.Add(circle[0].Pos, 34, around(circle))
		}
		for _, circle := range g.circles(func(k kind) bool { return k != answered }) {
			if !slices.ContainsFunc(talk, func(t []*dialogs.State) bool { return sameStates(t, circle) }) {
				c.Add(circle[0].Pos, 35, around(circle))
			}
		}
	}
}

// circles are the groups of states that lead back to themselves by ways of the wanted kinds, each told as its
// shortest circle through its first state.
func (g *graph) circles(wanted func(kind) bool) [][]*dialogs.State {
	var out [][]*dialogs.State
	told := map[string]bool{}
	for _, s := range g.d.States {
		if told[s.Name] {
			continue
		}
		if circle := g.around(s, wanted); circle != nil {
			for _, t := range circle {
				told[t.Name] = true
			}
			out = append(out, circle)
		}
	}
	return out
}

// around is the shortest circle through s.
func (g *graph) around(s *dialogs.State, wanted func(kind) bool) []*dialogs.State {
	before := map[string]*dialogs.State{}
	queue := []*dialogs.State{s}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, w := range g.ways[at.Name] {
			if w.to == nil || !wanted(w.kind) {
				continue
			}
			if w.to == s {
				circle := []*dialogs.State{at}
				for at != s {
					at = before[at.Name]
					circle = append(circle, at)
				}
				slices.Reverse(circle)
				return circle
			}
			if before[w.to.Name] == nil {
				before[w.to.Name] = at
				queue = append(queue, w.to)
			}
		}
	}
	return nil
}

func around(circle []*dialogs.State) string {
	names := make([]string, 0, len(circle)+1)
	for _, s := range append(circle, circle[0]) {
		names = append(names, s.Name)
	}
	return strings.Join(names, " → ")
}

func sameStates(a, b []*dialogs.State) bool {
	if len(a) != len(b) {
		return false
	}
	for _, s := range a {
		if !slices.Contains(b, s) {
			return false
		}
	}
	return true
}

// runCircles finds dialogs that run each other in a circle: 36.
func (c *checker) runCircles() {
	told := map[string]bool{}
	for _, d := range c.sound() {
		path := c.runPath(d.Name, d.Name)
		if path == nil || told[d.Name] {
			continue
		}
		for _, name := range path {
			told[name] = true
		}
		c.Add(c.runPos(d, path), 36, strings.Join(append(path, d.Name), " → "))
	}
}

// runPath is the shortest chain of runs that leads from one dialog to another; nil when there is none.
func (c *checker) runPath(from, to string) []string {
	before := map[string]string{}
	queue := []string{from}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		for _, next := range c.runs(name) {
			if next == to {
				path := []string{name}
				for name != from {
					name = before[name]
					path = append(path, name)
				}
				slices.Reverse(path)
				return path
			}
			if _, seen := before[next]; !seen && next != from {
				before[next] = name
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// runs are the dialogs that a dialog runs.
func (c *checker) runs(name string) []string {
	var all []string
	if d := c.set.Dialogs[name]; d != nil {
		for _, s := range d.States {
			if s.Run != nil {
				all = append(all, s.Run.Name)
			}
		}
	}
	return all
}

func (c *checker) runPos(d *dialogs.Dialog, path []string) source.Pos {
	next := append(path, d.Name)[1]
	for _, s := range d.States {
		if s.Run != nil && s.Run.Name == next {
			return s.Run.Pos
		}
	}
	return d.Pos
}
