package scripts

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/dialogs"
)

// row is a dialog in the list.
type row struct {
	*dialogs.Dialog
	Title   string
	Now     int // people in it
	Started int
	Worst   numbers.Question // after which most fell silent
	Left    bool             // anybody did
}

// dialogs by how many people are in them, and then by title.
func (p *Pages) dialogs(q *page.Request, known page.Counted[*numbers.Whereabouts]) (all []row) {
	for _, name := range slices.Sorted(maps.Keys(p.Scripts.Dialogs)) {
		r := row{Dialog: p.Scripts.Dialogs[name], Title: q.Dialog(name)}
		if w := known.Value; w != nil {
			r.Now = w.People[name]
			r.Worst, r.Left = w.LeftIn(name)
			for _, d := range w.Dialogs {
				if d.Name == name {
					r.Started = d.Started
				}
			}
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(b.Now, a.Now), cmp.Compare(a.Title, b.Title)) })
	return all
}

// line is a timeline in the list.
type line struct {
	*dialogs.Timeline
	When []string // when it speaks, by variant
	Does string
	Runs string // the dialog that it begins
	Did  numbers.Timeline
}

func (p *Pages) timelines(q *page.Request, known page.Counted[*numbers.Whereabouts]) (all []line) {
	for _, t := range p.Scripts.Journey.Timelines {
		l := line{Timeline: t, Did: numbers.Timeline{Name: t.Name}}
		if t.When != nil {
			l.When = []string{t.When.Source}
		}
		for _, variant := range slices.Sorted(maps.Keys(t.Whens)) {
			l.When = append(l.When, variant+": "+t.Whens[variant].Source)
		}
		switch {
		case t.Run != nil:
			l.Runs, l.Does = t.Run.Name, q.Dialog(t.Run.Name)
		case t.Call != nil:
			l.Does = q.Word("desk.scripts.calls", "action", t.Call.Name)
		case len(t.Series) > 0:
			l.Does = q.Count("desk.scripts.series", len(t.Series))
		default:
			l.Does = q.Word("desk.scripts.says")
		}
		if known.Value != nil {
			if did, found := known.Value.Timeline(t.Name); found {
				l.Did = did
			}
		}
		all = append(all, l)
	}
	return all
}

// share is a part in percent; a dash when there is nothing to share.
func share(q *page.Request, p numbers.Part) string {
	s, ok := p.Share()
	if !ok {
		return "—"
	}
	return q.Format().Number(float64(int(s*100+.5))) + " %"
}

// left is «30 % (3 из 10)».
func left(q *page.Request, p numbers.Part) string {
	return q.Word("stats.part", "share", share(q, p), "count", strconv.Itoa(p.Count), "of", strconv.Itoa(p.Of))
}

// problem parts what is wrong from what to do.
func problem(text string) (wrong, advice string) {
	wrong, advice, _ = strings.Cut(text, "; ")
	return wrong, advice
}
