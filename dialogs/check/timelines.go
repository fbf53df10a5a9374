package check

import (
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

// timelines finds classes that contradict: 56, and campaigns that forget who is already booked: 69.
func (c *checker) timelines() {
	if c.set.Journey == nil {
		return
	}
	for _, t := range c.set.Journey.Timelines {
		if t.Run != nil {
			d := c.set.Dialogs[t.Run.Name]
			if d != nil && d.Class != "" && t.Class != "" && c.docs[d.Pos.File].Get("class") != nil && d.Class != t.Class {
				c.Add(c.timeline(t, "class"), 56, string(t.Class), string(d.Class))
			}
		}
		if t.Class == dialogs.AdvertisingClass && !looksAtNextVisit(t.If) && !looksAtNextVisit(t.Until) {
			c.Add(t.Pos, 69)
		}
	}
}

func looksAtNextVisit(e *dialogs.Expr) bool {
	return e != nil && strings.Contains(e.Source, "next_visit")
}

// timeline is where a key of a timeline stands.
func (c *checker) timeline(t *dialogs.Timeline, key string) source.Pos {
	if n := c.docs[t.Pos.File].Get("timelines").Get(t.Name).Get(key); n != nil {
		return n.Pos
	}
	return t.Pos
}

// beginByThemselves are the dialogs that timelines run.
func beginByThemselves(set *dialogs.Set) map[string]bool {
	all := map[string]bool{}
	if set.Journey == nil {
		return all
	}
	for _, t := range set.Journey.Timelines {
		if t.Run != nil {
			all[t.Run.Name] = true
		}
	}
	return all
}
