package check

import (
	"careline/dialogs"
	"careline/dialogs/source"
)

// conditions finds lines of a fork that are never reached: 29.
func (c *checker) conditions() {
	for _, d := range c.sound() {
		for _, s := range d.States {
			above := map[string]bool{}
			for _, w := range s.Next {
				if w.If == nil {
					continue
				}
				if c.hidden(above, w.If) {
					break
				}
				above[w.If.Tree.String()] = true
			}
		}
	}
}

// hidden tells of a condition that stands under itself or under one that is always true.
func (c *checker) hidden(above map[string]bool, e *dialogs.Expr) bool {
	switch {
	case above[e.Tree.String()]:
		c.Add(e.Pos, 29, e.Source)
	case above["true"]:
		c.Add(e.Pos, 29, "true")
	default:
		return false
	}
	return true
}

// ways finds `next` that says nothing new: 30, or is never used: 31.
func (c *checker) ways() {
	for _, d := range c.sound() {
		g := c.graphs[d.Name]
		for _, s := range d.States {
			next := c.node(d, s).Get("next")
			switch {
			case next == nil:
			case s.Else != nil, len(g.unnamed(s)) == 0 && !passedWhenKnown(s):
				c.Add(next.Pos, 31)
			case next.Is(source.Scalar) && next.Text == below(d, s).State && s.Index+1 < len(d.States):
				c.Add(next.Pos, 30)
			}
		}
	}
}
