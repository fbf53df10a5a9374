package schedule

import (
	"context"
	"slices"

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

// live tells what changes; whoever is new in it is noted once.
func (p *Pages) live(q *page.Request) error {
	if _, err := ask(q, q.R.URL.Query()); err != nil {
		return err
	}
	var noted []string
	first := true
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
		a, err := ask(q, q.R.URL.Query())
		if err != nil {
			return nil, err
		}
		g, err := p.read(ctx, q, a)
		if err != nil {
			return nil, err
		}
		var fresh []string
		for _, id := range g.patients() {
			if !slices.Contains(noted, id) {
				fresh, noted = append(fresh, id), append(noted, id)
			}
		}
		if !first { // the page itself was noted
			if err := q.Access.Viewed(ctx, scheduleSeen, g.ref(), fresh...); err != nil {
				return nil, err
			}
		}
		first = false
		return []page.Fragment{{Name: "grid", Body: table(q, g)}}, nil
	}, page.DayKey)
}
