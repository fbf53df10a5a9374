package check

import (
	"slices"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

// classes finds timelines that are weaker than what they say: 56, and campaigns that forget who is already
// booked: 69.
func (c *checker) classes() {
	for _, t := range c.set.Journey.Timelines {
		if t.Run != nil && t.Class != "" {
			c.classOf(t)
		}
		if t.Class == dialogs.AdvertisingClass && !looksAtNextVisit(t.If) && !looksAtNextVisit(t.Until) {
			c.Add(t.Pos, 69)
		}
	}
}

// classOf compares a timeline with the dialog that it runs, and with those that run inside of that.
func (c *checker) classOf(t *dialogs.Timeline) {
	d := c.set.Dialogs[t.Run.Name]
	if d == nil {
		return
	}
	if c.docs[d.Pos.File].Get("class") != nil && d.Class != t.Class {
		c.Add(c.timeline(t, "class"), 56, string(t.Class), string(d.Class))
		return
	}
	for _, inside := range c.inside(d) {
		if strength(inside.Class) > strength(t.Class) {
			c.Add(c.timeline(t, "class"), 56, string(t.Class), string(inside.Class))
			return
		}
	}
}

// inside are the dialogs that run as a part of this one, at whatever depth.
func (c *checker) inside(d *dialogs.Dialog) []*dialogs.Dialog {
	all := []*dialogs.Dialog{d}
	for i := 0; i < len(all); i++ { // it grows on the way
		for _, s := range all[i].States {
			if s.Run == nil {
				continue
			}
			if part := c.set.Dialogs[s.Run.Name]; part != nil && !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all[1:]
}

func strength(class dialogs.Class) int {
	return slices.Index([]dialogs.Class{dialogs.ServiceClass, dialogs.CareClass, dialogs.AdvertisingClass}, class)
}

func looksAtNextVisit(e *dialogs.Expr) bool {
	return e != nil && strings.Contains(e.Source, "next_visit")
}

// timeline is where a key of a timeline stands.
func (c *checker) timeline(t *dialogs.Timeline, keys ...string) source.Pos {
	n := c.docs[t.Pos.File].Get("timelines").Get(t.Name)
	for _, key := range keys {
		n = n.Get(key)
	}
	if n != nil {
		return n.Pos
	}
	return t.Pos
}

// written reports whether the timeline has the key.
func (c *checker) written(t *dialogs.Timeline, keys ...string) bool {
	n := c.docs[t.Pos.File].Get("timelines").Get(t.Name)
	for _, key := range keys {
		n = n.Get(key)
	}
	return n != nil
}

// whens are the moments of a timeline: one, or one for each variant of a test.
func whens(t *dialogs.Timeline) []*dialogs.When {
	all := []*dialogs.When{t.When}
	for _, name := range sortedKeys(t.Whens) {
		all = append(all, t.Whens[name])
	}
	return slices.DeleteFunc(all, func(w *dialogs.When) bool { return w == nil })
}

func on(side dialogs.Side) func(*dialogs.When) bool {
	return func(w *dialogs.When) bool { return w.Side == side }
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
