package check

import (
	"slices"

	"careline/dialogs"
)

// reach finds states that nobody can reach: 32.
func (c *checker) reach() {
	for _, d := range c.sound() {
		seen := c.graphs[d.Name].reached()
		for _, s := range d.States {
			if !seen[s.Name] {
				c.Add(s.Pos, 32, s.Name)
			}
		}
	}
}

// ends finds ends that nothing leads to: 33.
func (c *checker) ends() {
	for _, d := range c.sound() {
		g := c.graphs[d.Name]
		led := map[string]bool{}
		for name := range g.reached() {
			for _, w := range g.ways[name] {
				if w.to == nil {
					led[w.end] = true
				}
			}
		}
		pos := d.Pos
		if n := c.docs[d.Pos.File].Get("ends"); n != nil {
			pos = n.Pos
		}
		for _, e := range d.Ends {
			if !led[e] && !slices.Contains(implied, e) {
				c.Add(pos, 33, e)
			}
		}
	}
}

// implied outcomes end a dialog without any way written.
var implied = []string{"unclear", "silence", "failed", "quit", "expired", "no_consent"}

// reached are the states that can be reached from the first.
func (g *graph) reached() map[string]bool {
	seen := map[string]bool{}
	var visit func(s *dialogs.State)
	visit = func(s *dialogs.State) {
		if s == nil || seen[s.Name] {
			return
		}
		seen[s.Name] = true
		for _, w := range g.ways[s.Name] {
			visit(w.to)
		}
	}
	if len(g.d.States) > 0 {
		visit(g.d.States[0])
	}
	return seen
}
