package check

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/dialogs"
	"careline/dialogs/source"
)

// onlyPast are the moments that are known when they have happened.
var onlyPast = []string{"visit.booked", "visit.noshow", "visit.changed", "visit.was", "patient.last_visit", "contact.quiet", "wait.found"}

// kindOf things.
var kindOf = map[dialogs.Thing]dialogs.Kind{
	dialogs.AboutVisit: dialogs.VisitKind, dialogs.AboutPatient: dialogs.PatientKind, dialogs.AboutContact: dialogs.ContactKind,
	dialogs.AboutStep: dialogs.CourseStepKind, dialogs.AboutWait: dialogs.WaitingKind,
}

// anchors finds moments that timelines cannot count from: those of something else: 88, those of the past: 89,
// those further ahead than anybody books: 90.
func (c *checker) anchors() {
	for _, t := range c.set.Journey.Timelines {
		for _, w := range whens(t) {
			if w.Anchor != nil && kindOf[t.About] != "" {
				c.anchor(t, w)
			}
		}
	}
}

func (c *checker) anchor(t *dialogs.Timeline, w *dialogs.When) {
	path := w.Anchor.Source
	switch {
	case root(path) != string(t.About):
		c.Add(w.Anchor.Pos, 88, string(t.About), strings.Join(momentsOf(t.About), ", "), path)
	case w.Side == dialogs.Before && slices.Contains(onlyPast, path):
		c.Add(w.Anchor.Pos, 89, path)
	case w.Side == dialogs.Before && t.About == dialogs.AboutVisit && c.horizon > 0 && w.Shift > c.horizon:
		c.Add(w.Pos, 90, days(c.horizon))
	}
}

// momentsOf a thing, as paths.
func momentsOf(about dialogs.Thing) []string {
	var paths []string
	for _, name := range dialogs.FieldNames(kindOf[about]) {
		if t, _ := (dialogs.Scope{}).Field(dialogs.Type{Kind: kindOf[about]}, name); t.Kind == dialogs.Moment {
			paths = append(paths, string(about)+"."+name)
		}
	}
	return paths
}

// days writes a length as scripts do.
func days(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m")
}

// never finds timelines whose condition cannot be true at their moment: 95.
func (c *checker) never() {
	for _, t := range c.set.Journey.Timelines {
		if t.If == nil {
			continue
		}
		claims := claimsOf(t.If.Tree)
		if why := contradiction(claims, claims); why != "" {
			c.Add(t.If.Pos, 95, why)
			continue
		}
		for _, w := range whens(t) {
			if why := impossible(claims, w); why != "" {
				c.Add(t.If.Pos, 95, why)
				break
			}
		}
		if t.Until != nil && t.Until.Tree.String() == t.If.Tree.String() {
			c.Add(t.Until.Pos, 95, "it stops when `if` is true, and begins only then")
		}
	}
}

// impossible tells of a status that a visit does not have yet, or no longer, at the moment.
func impossible(claims []claim, w *dialogs.When) string {
	if w.Anchor == nil {
		return ""
	}
	var none []string
	switch {
	case w.Side == dialogs.Before && w.Anchor.Source == "visit.start":
		none = []string{"fulfilled", "cancelled", "noshow"}
	case w.Side == dialogs.Before && w.Anchor.Source == "visit.end":
		none = []string{"cancelled", "noshow"}
	case w.Anchor.Source == "visit.noshow":
		none = []string{"pending", "booked", "arrived", "fulfilled", "cancelled", "waitlist"}
	case w.Anchor.Source == "visit.changed":
		none = []string{"waitlist"}
	default:
		return ""
	}
	for _, c := range claims {
		if c.path == "visit.status" && !c.not && slices.Contains(none, c.word) {
			return fmt.Sprintf("a visit is not %q %s %s", c.word, w.Side, w.Anchor.Source)
		}
	}
	return ""
}

// sameMoment finds timelines that write to the same person at the same moment: 96.
func (c *checker) sameMoment() {
	lines := c.set.Journey.Timelines
	for i, t := range lines {
		for _, above := range lines[:i] {
			if t.Call == nil && above.Call == nil && t.Class == above.Class && t.About == above.About && meet(t, above) && !exclusive(t, above) {
				c.Add(t.Pos, 96, above.Name)
				break
			}
		}
	}
}

func meet(a, b *dialogs.Timeline) bool {
	for _, x := range whens(a) {
		if slices.ContainsFunc(whens(b), func(y *dialogs.When) bool { return tidy(x.Source) == tidy(y.Source) }) {
			return true
		}
	}
	return false
}

func tidy(when string) string { return strings.Join(strings.Fields(when), " ") }

// exclusive: never are both conditions true.
func exclusive(a, b *dialogs.Timeline) bool {
	return a.If != nil && b.If != nil && contradiction(claimsOf(a.If.Tree), claimsOf(b.If.Tree)) != ""
}

// inJourney is where a key of the journey stands.
func (c *checker) inJourney(keys ...string) source.Pos {
	for _, f := range c.set.Files {
		if f.Kind != "journey" || f.Root == nil {
			continue
		}
		n := f.Root
		for _, key := range keys {
			if next := n.Get(key); next != nil {
				n = next
			}
		}
		return n.Pos
	}
	return source.Pos{}
}
