package check

import (
	"maps"
	"slices"
	"strings"
	"time"

	"careline/dialogs"
	"careline/dialogs/source"
)

// politeness finds hours and limits that would let nobody be written to: 79, 86, 92.
func (c *checker) politeness() {
	polite := c.set.Journey.Polite
	for _, class := range slices.Sorted(maps.Keys(polite.Quiet)) {
		h, at := polite.Quiet[class], c.inJourney("polite", "quiet", string(class))
		if h.From == h.To {
			c.Add(at, 79, c.word("polite", "quiet", string(class)), "hours", "`21:00-09:00`")
		} else if wholeDay-(h.To-h.From+wholeDay)%wholeDay < 60 {
			c.Add(at, 92, c.word("polite", "quiet", string(class)))
		}
	}
	for _, class := range slices.Sorted(maps.Keys(polite.Cap)) {
		if polite.Cap[class].Times < 1 {
			c.Add(c.inJourney("polite", "cap", string(class)), 86, "cap", "3 per 7d")
		}
	}
}

const wholeDay = 24 * 60 // minutes

// word that stands behind keys of the journey.
func (c *checker) word(keys ...string) string {
	for _, f := range c.set.Files {
		if f.Kind == "journey" && f.Root != nil {
			n := f.Root
			for _, key := range keys {
				n = n.Get(key)
			}
			return strings.TrimSpace(n.Text)
		}
	}
	return ""
}

// goals are the events that a test can wait for.
var goals = []string{
	"visit.booked", "visit.confirmed", "visit.moved", "visit.cancelled", "visit.arrived", "visit.fulfilled", "visit.noshow", "visit.feeling",
	"rating.given", "link.clicked", "consent.given", "consent.refused",
}

// tests finds goals that never come: 82, tests of one variant: 93, lengths of nothing: 86, tests that nobody uses: 94.
func (c *checker) tests() {
	used := c.usedTests()
	for _, t := range sorted(c.set.Journey.Tests) {
		at := func(key string) source.Pos { return c.inJourney("tests", t.Name, key) }
		if t.Goal != "" && !slices.Contains(goals, t.Goal) {
			c.Add(at("goal"), 82, t.Goal, strings.Join(goals, ", "), source.DidYouMean(t.Goal, goals))
		}
		if n := len(t.Variants); n == 1 {
			c.Add(at("variants"), 93, n)
		}
		if t.Within <= 0 && c.word("tests", t.Name, "within") != "" {
			c.Add(at("within"), 86, "within", "7d")
		}
		if !used[t.Name] {
			c.Add(t.Pos, 94, t.Name)
		}
	}
}

func (c *checker) usedTests() map[string]bool {
	used := map[string]bool{}
	say := func(items []*dialogs.Message) {
		for _, m := range items {
			used[m.Test] = true
		}
	}
	for _, d := range c.set.Dialogs {
		for _, s := range d.States {
			say(s.Say)
		}
	}
	for _, r := range c.set.Everywhere.Reactions {
		say(r.Say)
	}
	for _, t := range c.set.Journey.Timelines {
		used[t.WhenTest] = true
		say(t.Say)
		for _, chapter := range t.Series {
			say(chapter.Say)
		}
	}
	return used
}

// paces finds series and repetitions that come closer together than the limit of their class: 99.
func (c *checker) paces() {
	for _, t := range c.set.Journey.Timelines {
		limit := c.set.Journey.Polite.Cap[t.Class]
		if limit.Times < 1 || t.Call != nil {
			continue
		}
		var moments []time.Duration
		at := time.Duration(0)
		for _, chapter := range t.Series {
			at += chapter.Wait
			moments = append(moments, at)
		}
		if t.Again != nil {
			moments = append(moments, 0, t.Again.Every)
		}
		for i := limit.Times; i < len(moments); i++ {
			if moments[i]-moments[i-limit.Times] < limit.Per {
				c.Add(t.Pos, 99, limit.Times, days(limit.Per))
				break
			}
		}
	}
}
