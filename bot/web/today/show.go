package today

import (
	"context"
	"slices"
	"time"

	"careline/bot/web/page"
)

func (p *Pages) show(q *page.Request) error {
	d, err := p.seen(q)
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow(d.path("/live"))
	return q.Show(page.Today, q.Word("desk.page.today"), whole(q, d))
}

// seen is the day that the address asks for; that it was seen is noted.
func (p *Pages) seen(q *page.Request) (day, error) {
	a, err := ask(q, q.R.URL.Query())
	if err != nil {
		return day{}, err
	}
	d, err := p.read(q.Context(), q, a)
	if err != nil {
		return day{}, err
	}
	return d, q.Access.Viewed(q.Context(), daySeen, d.ref(), d.patients()...)
}

// ref of the day in the audit.
func (a asked) ref() string { return "day/" + a.Branch.ID + "/" + a.Day.Format(time.DateOnly) }

// live tells what changes in the day.
func (p *Pages) live(q *page.Request) error {
	if _, err := ask(q, q.R.URL.Query()); err != nil {
		return err
	}
	return q.StreamLook(daySeen, func(ctx context.Context) (page.Look, error) {
		a, err := ask(q, q.R.URL.Query()) // at midnight it is another one
		if err != nil {
			return page.Look{}, err
		}
		d, err := p.read(ctx, q, a)
		parts := []page.Fragment{{Name: "counts", Body: tally(q, d)}, {Name: "day", Body: list(q, d)}}
		return page.Look{Parts: parts, Ref: d.ref(), Patients: d.patients()}, err
	}, page.DayKey, page.InboxKey)
}

func (p *Pages) print(q *page.Request) error {
	d, err := p.seen(q)
	if err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Today, q.Word("desk.page.today"), paper(q, d, d.sheets(q)))
}

// sheet is one practitioner's day on paper.
type sheet struct {
	Doctor string
	Rows   []row
}

// sheets by practitioner, as careline.yaml has them; who has left it comes last. Cancelled visits need no paper.
func (d day) sheets(q *page.Request) []sheet {
	of := map[string][]row{}
	var order []string
	for _, p := range q.Clinic.Practitioners {
		order = append(order, p.ID)
	}
	for _, r := range d.Rows {
		for _, part := range r.Parts {
			who := part.Practitioner
			if d.Doctor != nil && who != d.Doctor.ID || r.Status == "cancelled" {
				continue
			}
			if !slices.Contains(order, who) {
				order = append(order, who)
			}
			r.Start, r.End = part.Start, part.End
			of[who] = append(of[who], r)
		}
	}
	var all []sheet
	for _, who := range order {
		if len(of[who]) == 0 {
			continue
		}
		name := who
		if p := q.Clinic.Practitioner(who); p != nil {
			name = q.Clinic.In(q.Language).Text(p.Name)
		}
		slices.SortStableFunc(of[who], func(a, b row) int { return a.Start.Compare(b.Start) })
		all = append(all, sheet{name, of[who]})
	}
	return all
}
