package check

import "careline/dialogs"

// started finds dialogs that nothing starts: 84. Without everywhere.yaml a folder is only a part of a clinic, and
// a file that cannot be read may be the one that starts them.
func (c *checker) started() {
	if len(c.set.Everywhere.Reactions) == 0 || c.Findings.Failed() {
		return
	}
	starts := map[string]bool{}
	for _, name := range dialogs.Own() {
		starts[name] = true
	}
	call := func(run *dialogs.Call) {
		if run != nil {
			starts[run.Name] = true
		}
	}
	for _, d := range c.set.Dialogs {
		starts["consent"] = starts["consent"] || len(d.Needs) > 0
		for _, s := range d.States {
			call(s.Run)
		}
	}
	for _, r := range c.set.Everywhere.Reactions {
		call(r.Run)
	}
	call(c.set.Everywhere.Unclear)
	call(c.set.Everywhere.Unknown)
	for _, t := range c.set.Journey.Timelines {
		call(t.Run)
	}
	for _, d := range c.dialogs() {
		if !starts[d.Name] {
			c.Add(d.Pos, 84, d.Name)
		}
	}
}
