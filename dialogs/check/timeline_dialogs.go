package check

import (
	"slices"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

// handed finds what a timeline runs and that does not suit it: visits that nobody takes: 87, a consent that its class
// does not promise: 91, a thing that nobody takes: 98.
func (c *checker) handed() {
	for _, t := range c.set.Journey.Timelines {
		d := (*dialogs.Dialog)(nil)
		if t.Run != nil {
			if d = c.set.Dialogs[t.Run.Name]; d == nil {
				continue
			}
		}
		if t.Together && t.About == dialogs.AboutVisit {
			c.together(t, d)
		}
		if d == nil {
			continue
		}
		if t.Class != dialogs.CareClass && slices.Contains(d.Needs, "health") {
			c.Add(c.timeline(t, "run"), 91, d.Name, "health", string(t.Class))
		}
		name := string(t.About)
		if t.Together || !slices.Contains([]dialogs.Thing{dialogs.AboutVisit, dialogs.AboutStep, dialogs.AboutWait}, t.About) {
			continue
		}
		if !takes(d.Takes, name) && !speaksOf(t.Run, name) {
			c.Add(c.timeline(t, "run"), 98, d.Name, name, name, string(kindOf[t.About]))
		}
	}
}

func (c *checker) together(t *dialogs.Timeline, d *dialogs.Dialog) {
	const hint = "let it take `visits: list of visit`"
	switch {
	case d != nil && !takes(d.Takes, "visits"):
		c.Add(c.timeline(t, "run"), 87, "dialog "+d.Name, hint)
	case t.Call != nil && c.set.Actions[t.Call.Name] != nil && !takes(c.set.Actions[t.Call.Name].With, "visits"):
		c.Add(c.timeline(t, "call"), 87, "action "+t.Call.Name, "remove `together`")
	case d == nil && t.Call == nil && !slices.ContainsFunc(c.textsOf(t), namesVisits):
		c.Add(c.timeline(t, "together"), 87, "the message", "write `{visits.lines}`")
	}
}

func takes(params []dialogs.Param, name string) bool {
	return slices.ContainsFunc(params, func(p dialogs.Param) bool { return p.Name == name })
}

// speaksOf: what is handed over is read from the thing.
func speaksOf(call *dialogs.Call, name string) bool {
	for _, v := range call.With {
		if v.Expr != nil && slices.ContainsFunc(v.Expr.Paths, func(p string) bool { return root(p) == name }) {
			return true
		}
	}
	return false
}

func namesVisits(t *dialogs.ScriptText) bool {
	return slices.ContainsFunc(forms(t), func(f form) bool { return strings.Contains(f.text, "{visits.") })
}

// textsOf are the texts that a timeline says by itself.
func (c *checker) textsOf(t *dialogs.Timeline) []*dialogs.ScriptText {
	var all []*dialogs.ScriptText
	for _, text := range c.set.Texts {
		if strings.HasPrefix(text.ID, "journey."+t.Name+".") && text.Role == dialogs.SayRole {
			all = append(all, text)
		}
	}
	return all
}

// warnings finds advertising of services without the words that the law wants: 97.
func (c *checker) warnings() {
	if c.language != "ru" {
		return
	}
	for _, t := range c.set.Journey.Timelines {
		if t.Class != dialogs.AdvertisingClass {
			continue
		}
		texts, at := c.textsOf(t), t.Pos
		if t.Run != nil {
			if d := c.set.Dialogs[t.Run.Name]; d != nil {
				texts, at = c.saidIn(d), d.Pos
			}
		}
		if len(texts) > 0 && !slices.ContainsFunc(texts, warns) && !c.told(at, 97) {
			c.Add(at, 97)
		}
	}
}

func (c *checker) saidIn(d *dialogs.Dialog) []*dialogs.ScriptText {
	return slices.DeleteFunc(slices.Clone(c.set.Texts), func(t *dialogs.ScriptText) bool { return t.Dialog != d || t.Role != dialogs.SayRole })
}

func warns(t *dialogs.ScriptText) bool {
	return slices.ContainsFunc(forms(t), func(f form) bool { return strings.Contains(strings.ToLower(f.text), "противопоказан") })
}

// told: two timelines may run one dialog.
func (c *checker) told(at source.Pos, number int) bool {
	return slices.ContainsFunc(c.Findings, func(f source.Finding) bool { return f.Pos == at && f.Number == number })
}
