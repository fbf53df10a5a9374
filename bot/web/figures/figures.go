// Package figures is the page of the numbers: how the clinic is doing, against its goals, and where people are lost.
package figures

import (
	"context"
	"embed"

	"careline/bot/access"
	"careline/bot/numbers"
	"careline/bot/web/page"
)

//go:embed figures.css
var files embed.FS

// countedKey is under which pages hear that numbers have been counted.
const countedKey = "numbers"

// Pages of the numbers.
type Pages struct {
	page.Desk
	reports *page.Counts[*numbers.Report]
	assets  *page.Assets
}

// New makes the pages.
func New(d page.Desk) *Pages {
	return &Pages{Desk: d, reports: page.NewCounts[*numbers.Report](d.Live, countedKey, d.Clock), assets: page.NewAssets("figures", files)}
}

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET /desk/numbers", Needs: access.SeeNumbers, Handle: p.show},
		page.Route{Pattern: "GET /desk/numbers/live", Needs: access.SeeNumbers, Handle: p.live},
		page.Route{Pattern: "GET /desk/numbers/table.csv", Needs: access.SeeNumbers, Handle: p.download})
}

func (p *Pages) show(q *page.Request) error {
	a, wrong := p.ask(q)
	if wrong != nil {
		return q.Again(page.Numbers, q.Word("desk.page.numbers"), mistaken(q, a, wrong))
	}
	known, err := p.count(q.Context(), a)
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow(a.path("/live"))
	return q.Show(page.Numbers, q.Word("desk.page.numbers"), whole(q, a, known))
}

// live shows the numbers as soon as they have been counted.
func (p *Pages) live(q *page.Request) error {
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
		a, wrong := p.ask(q)
		if wrong != nil {
			return nil, nil
		}
		known, err := p.count(ctx, a)
		return []page.Fragment{{Name: "figures", Body: figures(q, a, known)}}, err
	}, countedKey)
}

// count asks for the report; those that differ only in the table that is looked at are the same.
func (p *Pages) count(ctx context.Context, a asked) (page.Counted[*numbers.Report], error) {
	return p.reports.Get(ctx, a.question(), func(ctx context.Context) (*numbers.Report, error) {
		return numbers.Read(ctx, p.Store, a.ask(p.Clock.Now(), p.Scripts.Journey))
	})
}
