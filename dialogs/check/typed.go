package check

import (
	"regexp"

	"careline/dialogs"
)

// typed finds questions that speak of buttons, where some messenger has none and people type: 100.
func (c *checker) typed() {
	for _, t := range c.set.Texts {
		if t.Role != dialogs.SayRole && t.Role != dialogs.RetryRole || t.State == nil || t.State.Ask == nil {
			continue
		}
		if q := t.State.Ask; buttonsOf(q) == 0 && q.List == "" && q.Type.Kind != dialogs.Rating && q.Type.Kind != dialogs.YesNo {
			continue
		}
		c.speaksOfButtons(forms(t))
		for _, lang := range sortedKeys(c.others) {
			c.speaksOfButtons(c.formsIn(lang, t.ID))
		}
	}
}

func (c *checker) speaksOfButtons(all []form) {
	for _, f := range all {
		if m := pressing.FindStringSubmatchIndex(f.text); m != nil {
			c.Add(f.at(m[2]), 100, f.text[m[2]:m[3]])
		}
	}
}

var pressing = regexp.MustCompile(`(?i)(?:^|[^\pL])(нажм\pL*|нажим\pL*|нажат\pL*|кнопк\pL*|кнопок|tap|taps|press|click|buttons?)(?:[^\pL]|$)`)
