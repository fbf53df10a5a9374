package figures

import (
	"math"
	"strconv"
	"strings"

	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/store"
)

// table is what the report is broken down into.
type table struct {
	Head []string
	Rows [][]cell
	Note string
}

// cell of a table. The first of a row names it.
type cell struct {
	Text string
	Raw  string // for a spreadsheet; empty = the text
	Num  bool
	Link string // a page of the desk
	Good goal   // of a verdict
}

func words(text string) cell { return cell{Text: text} }

func count(q *page.Request, n int) cell {
	return cell{Text: number(q, n), Raw: strconv.Itoa(n), Num: true}
}

func part(q *page.Request, p numbers.Part) cell {
	share, ok := p.Share()
	c := cell{Text: percent(q, p), Num: true}
	if ok {
		c.Raw = decimal(share)
	}
	return c
}

func average(q *page.Request, r numbers.Ratings) cell {
	c := cell{Text: mean(q, r), Num: true}
	if r.Given.Count > 0 {
		c.Raw = decimal(r.Mean)
	}
	return c
}

func decimal(x float64) string { return strconv.FormatFloat(math.Round(x*10000)/10000, 'f', -1, 64) }

// broken is the table of the report that is looked at.
func broken(q *page.Request, by numbers.By, r *numbers.Report) table {
	t := map[numbers.By]func(*page.Request, *numbers.Report) table{
		numbers.ByDialog: byDialog, numbers.ByState: byState, numbers.ByVariant: byVariant, numbers.ByTimeline: byTimeline, numbers.ByTicket: byTicket,
		numbers.ByPractitioner: visitors, numbers.ByBranch: visitors, numbers.ByService: visitors,
		numbers.ByChannel: chats, numbers.BySource: chats, numbers.ByWeek: chats,
	}[by](q, r)
	t.Head = append([]string{q.Word("stats.by." + string(by))}, t.Head...)
	if note := q.Word("stats.note." + string(by)); !strings.HasPrefix(note, "stats.note.") {
		t.Note = note
	}
	return t
}

func heads(q *page.Request, ids ...string) (all []string) {
	for _, id := range ids {
		all = append(all, q.Word("stats.head."+id))
	}
	return all
}

// chats: the funnel of each group and what became of its visits.
func chats(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "started", "booked", "booked_share", "came", "visits", "noshow", "rating")}
	for _, g := range r.Groups {
		f := *g.Funnel
		t.Rows = append(t.Rows, []cell{words(group(q, r.By, g.Name)), count(q, f.Started()), count(q, f[store.BookedVisit]), part(q, f.Step(store.BookedVisit)),
			count(q, f[store.HasCome]), count(q, g.Visits.All), part(q, g.Visits.Missed), average(q, g.Ratings)})
	}
	return t
}

func visitors(q *page.Request, r *numbers.Report) table {
	t := table{Head: heads(q, "visits", "came", "noshow", "cancelled", "confirmed", "rating", "high")}
	for _, g := range r.Groups {
		t.Rows = append(t.Rows, []cell{words(group(q, r.By, g.Name)), count(q, g.Visits.All), count(q, g.Visits.Came), part(q, g.Visits.Missed),
			count(q, g.Visits.Cancelled), part(q, g.Visits.Confirmed), average(q, g.Ratings), part(q, g.Ratings.High)})
	}
	return t
}
