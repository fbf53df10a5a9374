package check

import (
	"careline/dialogs"
	"careline/dialogs/words"
)

// labels finds buttons that read alike: 62.
func (c *checker) labels() {
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			if s.Ask == nil {
				continue
			}
			shown := map[string]string{}
			for _, choice := range s.Ask.Choices {
				for _, name := range c.saidFor(choice) {
					key := words.Clean(name)
					if other, twice := shown[key]; twice && key != "" {
						c.Add(choice.Pos, 62, other, name)
						break
					}
				}
				for _, name := range c.saidFor(choice) {
					shown[words.Clean(name)] = name
				}
			}
		}
	}
}

// saidFor is everything that means the choice: its label and its words.
func (c *checker) saidFor(choice *dialogs.Choice) []string {
	return append([]string{c.label(choice)}, choice.Words...)
}

// collisions finds buttons that would win over the words by which people unsubscribe: 71.
func (c *checker) collisions() {
	stops := map[string]bool{}
	if c.set.Everywhere != nil {
		for _, r := range c.set.Everywhere.Reactions {
			if r.Run == nil || !c.unsubscribes(r.Run.Name) {
				continue
			}
			for _, w := range r.Says {
				stops[words.Clean(w)] = true
			}
		}
	}
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			if s.Ask == nil {
				continue
			}
			for _, choice := range s.Ask.Choices {
				for _, name := range c.saidFor(choice) {
					if stops[words.Clean(name)] {
						c.Add(choice.Pos, 71, name)
						break
					}
				}
			}
		}
	}
}

// unsubscribes reports whether a dialog stops messages.
func (c *checker) unsubscribes(name string) bool {
	d := c.set.Dialogs[name]
	if d == nil {
		return false
	}
	for _, s := range d.States {
		if s.Call != nil && s.Call.Name == "consent.stop" {
			return true
		}
	}
	return false
}
