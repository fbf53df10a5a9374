// Package scripts is the page of the dialogs: where people stand in them and where they leave, their pictures, what the check
// found, and what the timelines sent. Scripts are read here and written in files.
package scripts

import (
	"context"
	"embed"
	"io/fs"
	"net/url"
	"strings"
	"time"

	"careline/bot/access"
	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/bot/web/picture"
	"careline/dialogs"
	"careline/store"
)

//go:embed scripts.css
var files embed.FS

// countedKey is under which pages hear that people have been counted.
const countedKey = "scripts"

// behind is how many days the numbers of the scripts look back.
const behind = 30

// Pages of the scripts.
type Pages struct {
	page.Desk
	whereabouts *page.Counts[*numbers.Whereabouts]
	lines       map[string][]string // of the clinic's files, as they were when they were loaded
	assets      *page.Assets
	pictures    *page.Assets
}

// New makes the pages.
func New(d page.Desk) *Pages {
	p := &Pages{
		Desk: d, whereabouts: page.NewCounts[*numbers.Whereabouts](d.Live, countedKey, d.Clock), lines: map[string][]string{},
		assets: page.NewAssets("scripts", files), pictures: page.NewAssets("picture", picture.Files),
	}
	for _, f := range d.Scripts.Files {
		if text, err := fs.ReadFile(d.Files, f.Name); err == nil { // one that has gone since then is not shown
			p.lines[f.Name] = strings.Split(strings.TrimRight(string(text), "\n"), "\n")
		}
	}
	return p
}

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return append(append(p.assets.Routes(), p.pictures.Routes()...),
		page.Route{Pattern: "GET /desk/scripts", Needs: access.SeeScripts, Handle: p.list},
		page.Route{Pattern: "GET /desk/scripts/live", Needs: access.SeeScripts, Handle: p.live},
		page.Route{Pattern: "GET /desk/scripts/{dialog}", Needs: access.SeeScripts, Handle: p.show},
		page.Route{Pattern: "GET /desk/scripts/{dialog}/live", Needs: access.SeeScripts, Handle: p.showLive})
}

func (p *Pages) list(q *page.Request) error {
	known, err := p.count(q.Context())
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow("/desk/scripts/live")
	return q.Show(page.Scripts, q.Word("desk.page.scripts"), overview(q, p.dialogs(q, known), p.timelines(q, known), p.Findings, known))
}

func (p *Pages) live(q *page.Request) error {
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
		known, err := p.count(ctx)
		return []page.Fragment{
			{Name: "when", Body: when(q, known)}, {Name: "dialogs", Body: dialogTable(q, p.dialogs(q, known))},
			{Name: "timelines", Body: timelineTable(q, p.timelines(q, known))}}, err
	}, countedKey)
}

func (p *Pages) show(q *page.Request) error {
	v, err := p.view(q.Context(), q)
	if err != nil {
		return err
	}
	q.Use(p.assets, p.pictures)
	q.Follow(path(v.dialog.Name, v.at, "/live"))
	return q.Show(page.Scripts, q.Dialog(v.dialog.Name), whole(q, v))
}

func (p *Pages) showLive(q *page.Request) error {
	if _, err := p.view(q.Context(), q); err != nil {
		return err
	}
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
		v, err := p.view(ctx, q)
		if err != nil {
			return nil, err
		}
		return []page.Fragment{{Name: "picture", Body: v.picture(q)}, {Name: "states", Body: states(q, v)}}, nil
	}, countedKey)
}

// count asks where people are; all pages of scripts show the same.
func (p *Pages) count(ctx context.Context) (page.Counted[*numbers.Whereabouts], error) {
	return p.whereabouts.Get(ctx, "", func(ctx context.Context) (*numbers.Whereabouts, error) {
		now := p.Clock.Now()
		return numbers.Look(ctx, p.Store, numbers.Ask{
			Span: store.Span{From: now.AddDate(0, 0, -behind), To: now.Add(time.Second)}, Now: now, Zone: p.Clinic.Branches[0].Zone, Journey: p.Scripts.Journey,
		})
	})
}

// path of a dialog's page: of "" or "/live", with a state in it or none.
func path(dialog string, at *dialogs.State, of string) string {
	to := "/desk/scripts/" + url.PathEscape(dialog) + of
	if at != nil {
		to += "?at=" + url.QueryEscape(at.Name)
	}
	return to
}
