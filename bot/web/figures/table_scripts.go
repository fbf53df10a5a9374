package figures

import (
	"net/url"
	"strings"

	"careline/bot/access"
	"careline/bot/numbers"
	"careline/bot/web/page"
)

func byDialog(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "started", "ended")}
	for _, d := range r.Dialogs {
		var ends []string
		for _, e := range d.Ends {
			ends = append(ends, q.Name("stats.outcome", e.Name)+" "+number(q, e.Count))
		}
		t.Rows = append(t.Rows, []cell{script(q, d.Name, ""), count(q, d.Started), words(strings.Join(ends, ", "))})
	}
	return t
}

// byState: where people leave.
func byState(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "began", "asked", "left", "left_share", "left_ended")}
	for _, x := range r.Questions {
		who := q.Word("stats.patient")
		if x.Ours {
			who = q.Word("stats.we")
		}
		t.Rows = append(t.Rows, []cell{script(q, x.Dialog, x.State), words(who), count(q, x.Left.Of), count(q, x.Left.Count), part(q, x.Left), count(q, x.Ended)})
	}
	return t
}

// script is a dialog or one of its states, with the way to it.
func script(q *page.Request, dialog, state string) cell {
	c := cell{Text: q.Dialog(dialog), Link: "/desk/scripts/" + url.PathEscape(dialog)}
	if state != "" {
		c.Text += " · " + state
		c.Link += "?at=" + url.QueryEscape(state)
	}
	if !q.May(access.SeeScripts) || q.Scripts.Dialogs[dialog] == nil {
		c.Link = ""
	}
	return c
}

// byVariant: the A/B tests.
func byVariant(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "shown", "judged", "reached", "reached_share", "interval", "difference", "verdict")}
	for _, test := range r.Tests {
		for _, v := range test.Variants {
			difference, verdict := words("—"), words(q.Word("stats.verdict.first"))
			if v.Against != nil {
				difference, verdict = words(interval(q, *v.Against)), words(q.Word("stats.verdict."+string(v.Verdict)))
				verdict.Good = map[numbers.Verdict]goal{numbers.Better: met, numbers.Worse: missed}[v.Verdict]
			}
			difference.Num = true
			sure := words(interval(q, v.Interval))
			sure.Num = true
			t.Rows = append(t.Rows, []cell{words(test.Name + " = " + v.Name), count(q, v.Shown), count(q, v.Reached.Of), count(q, v.Reached.Count),
				part(q, v.Reached), sure, difference, verdict})
		}
	}
	return t
}

func byTimeline(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "sent", "answered", "stopped", "booked", "came", "dropped")}
	for _, l := range r.Timelines {
		var reasons []string
		for _, d := range l.Dropped {
			reasons = append(reasons, q.Name("stats.reason", d.Reason)+" "+number(q, d.Count))
		}
		t.Rows = append(t.Rows, []cell{words(l.Name), count(q, l.Sent), part(q, l.Answered), part(q, l.Stopped), count(q, l.Booked.Count), count(q, l.Came.Count),
			words(strings.Join(reasons, ", "))})
	}
	return t
}

func byTicket(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "opened", "in_time", "in_time_share", "not_due")}
	for _, k := range r.Kinds {
		t.Rows = append(t.Rows, []cell{words(q.Name("desk.ticket", k.Name)), count(q, k.Opened), count(q, k.InTime.Count), part(q, k.InTime), count(q, k.Open)})
	}
	return t
}
