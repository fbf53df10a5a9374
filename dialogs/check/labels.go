package check

import (
	"slices"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/dialogs/words"
	"careline/locales"
)

// labels finds buttons that read alike in one of the languages: 62.
func (c *checker) labels() {
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			if s.Ask == nil {
				continue
			}
			c.alike(s.Ask.Choices, c.language)
			for _, lang := range sortedKeys(c.others) {
				c.alike(s.Ask.Choices, lang)
			}
		}
	}
}

func (c *checker) alike(choices []*dialogs.Choice, lang string) {
	shown := map[string]string{}
	for _, choice := range choices {
		said := c.saidFor(choice, lang)
		for _, name := range said {
			if other, twice := shown[words.Clean(name)]; twice {
				c.Add(c.choicePos(choice, lang), 62, other, name)
				break
			}
		}
		for _, name := range said {
			shown[words.Clean(name)] = name
		}
	}
}

// saidFor is everything that means the choice to a reader of the language: its label and its words.
func (c *checker) saidFor(choice *dialogs.Choice, lang string) []string {
	label := c.others[lang][choice.Label].Forms[locales.Other]
	if lang == c.language {
		label = c.label(choice)
	}
	said := append([]string{label}, choice.Words...)
	return slices.DeleteFunc(said, func(s string) bool { return words.Clean(s) == "" })
}

func (c *checker) choicePos(choice *dialogs.Choice, lang string) source.Pos {
	if lang == c.language {
		return choice.Pos
	}
	return placeIn(lang, c.others[lang][choice.Label])
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
				for _, lang := range append([]string{c.language}, sortedKeys(c.others)...) {
					said := c.saidFor(choice, lang)
					if i := slices.IndexFunc(said, func(s string) bool { return stops[words.Clean(s)] }); i >= 0 {
						c.Add(c.choicePos(choice, lang), 71, said[i])
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
