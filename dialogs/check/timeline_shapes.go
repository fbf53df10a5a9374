package check

import (
	"slices"

	"careline/dialogs"
)

// shapes finds keys of a timeline that do not go together: 85, and lengths of nothing: 86.
func (c *checker) shapes() {
	for _, t := range c.set.Journey.Timelines {
		before, daily := slices.ContainsFunc(whens(t), on(dialogs.Before)), slices.ContainsFunc(whens(t), on(dialogs.Daily))
		repeats, branch := t.Again != nil || t.Series != nil, t.About == dialogs.AboutBranch
		for _, r := range []struct {
			wrong           bool
			key, with, hint string
		}{
			{t.Until != nil && !repeats, "until", "one message", "it stops `again` and `series`; write the condition under `if`"},
			{t.Again != nil && t.Series != nil, "again", "series", "a series is said once; write `again` at another timeline"},
			{t.Again != nil && daily, "again", "every day", "it repeats already; remove `again`"},
			{t.Again != nil && before, "again", "before", "what comes after the moment itself would never be sent; write two timelines"},
			{t.Series != nil && before, "series", "before", "what comes after the moment itself would never be sent; write a timeline for each message"},
			{c.written(t, "late") && before, "late", "before", "a reminder never comes after its moment; remove `late`"},
			{t.Together && t.About != dialogs.AboutVisit, "together", "about: " + string(t.About), "only visits of one day are told together; remove `together`"},
			{daily && !branch, "when", "about: " + string(t.About), "`every day` is for a branch; count from a moment: `2d after visit.end at 12:00`"},
			{branch && len(whens(t)) > 0 && !daily, "when", "about: branch", "a branch has only its days; write `every day at 08:00`"},
			{branch && t.Run != nil, "run", "about: branch", "a branch has no chat; `call` an action"},
			{branch && t.Say != nil, "say", "about: branch", "a branch has no chat; `call` an action"},
			{branch && t.Series != nil, "series", "about: branch", "a branch has no chat; `call` an action"},
		} {
			if r.wrong {
				c.Add(c.timeline(t, r.key), 85, r.key, r.with, r.hint)
			}
		}
		c.lengthsOf(t)
	}
}

func (c *checker) lengthsOf(t *dialogs.Timeline) {
	if t.Again != nil && c.written(t, "again", "every") && t.Again.Every <= 0 {
		c.Add(c.timeline(t, "again", "every"), 86, "every", "60d")
	}
	if t.Again != nil && c.written(t, "again", "times") && t.Again.Times < 1 {
		c.Add(c.timeline(t, "again", "times"), 86, "times", "2")
	}
	for _, w := range whens(t) {
		if w.Side == dialogs.Before && w.By == nil && w.Shift <= 0 {
			c.Add(w.Pos, 86, "before", "2h before visit.start")
		}
	}
	items := c.docs[t.Pos.File].Get("timelines").Get(t.Name).Get("series")
	for i, chapter := range t.Series {
		wait := items.Items[i].Get("wait")
		switch {
		case wait == nil:
		case i == 0:
			c.Add(wait.Pos, 85, "wait", "the first message of a series", "`when` says when it comes")
		case chapter.Wait <= 0:
			c.Add(wait.Pos, 86, "wait", "4d")
		}
	}
}
