package schedule

import (
	"context"

	"careline/bot/web/page"
)

func (p *Pages) show(q *page.Request) error {
	a, err := ask(q, q.R.URL.Query())
	if err != nil {
		return err
	}
	g, err := p.read(q.Context(), q, a)
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), scheduleSeen, g.ref(), g.patients()...); err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow(a.path("/live"))
	return q.Show(page.Schedule, q.Word("desk.page.schedule"), whole(q, g))
}

// live tells what changes.
func (p *Pages) live(q *page.Request) error {
	if _, err := ask(q, q.R.URL.Query()); err != nil {
		return err
	}
	return q.StreamLook(scheduleSeen, func(ctx context.Context) (page.Look, error) {
		a, err := ask(q, q.R.URL.Query()) // at midnight it is another one
		if err != nil {
			return page.Look{}, err
		}
		g, err := p.read(ctx, q, a)
		return page.Look{Parts: []page.Fragment{{Name: "grid", Body: table(q, g)}}, Ref: g.ref(), Patients: g.patients()}, err
	}, page.DayKey)
}
