package check

import (
	"io/fs"
	"strings"

	"careline/dialogs/format"
	"careline/dialogs/source"
	"careline/dialogs/transcript"
)

// transcripts finds conversations that cannot be performed: they name what is not there.
func (c *checker) transcripts() {
	all, found, err := transcript.ReadAll(c.fsys, "transcripts")
	if err != nil {
		c.Problem(source.Pos{File: "transcripts", Line: 1, Column: 1}, "cannot be read: %v", err)
		return
	}
	c.Findings = append(c.Findings, found...)
	for _, t := range all {
		for _, test := range sortedKeys(t.Tests) {
			if c.set.Journey.Tests[test] == nil && !c.set.Unread("journey") {
				c.Add(t.TestsAt, 82, test, "tests of journey.yaml", source.DidYouMean(test, sortedKeys(c.set.Journey.Tests)))
			}
		}
		for _, l := range t.Lines {
			if l.Expect != nil && l.Expect.What == "state" {
				c.expectedState(l.Pos, l.Expect.Name)
			}
		}
	}
	names, _ := fs.Glob(c.fsys, "transcripts/*.yaml") // a wrong pattern is the only error
	for _, name := range names {
		if src, err := fs.ReadFile(c.fsys, name); err == nil {
			c.misplaced(name, src)
		}
	}
}

func (c *checker) expectedState(at source.Pos, path string) {
	name, state, _ := strings.Cut(path, ".")
	d := c.set.Dialogs[name]
	switch {
	case d == nil && c.broken["dialogs/"+name+".yaml"]:
	case d == nil:
		c.Add(at, 15, name, source.DidYouMean(name, sortedKeys(c.set.Dialogs)))
	case d.State(state) == nil:
		var known []string
		for _, s := range d.States {
			known = append(known, s.Name)
		}
		c.Add(at, 83, "dialog "+name+" has no state "+state+source.DidYouMean(state, known))
	}
}

// misplaced tells of keys out of order.
func (c *checker) misplaced(name string, src []byte) {
	for _, m := range format.Check(name, src) {
		c.Add(m.Pos, 10, m.Key, m.Before)
	}
}
