// Package messengers is the page of the channels: whether they work and what to do when not, the clinic's phone in WhatsApp, and
// the links by which people come.
package messengers

import (
	"context"
	"embed"
	"slices"
	"sync"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/channels"
)

//go:embed messengers.css messengers.js
var files embed.FS

// What the audit calls what is done here.
const (
	linkBegun  access.Action = "channel_link"
	unlinkDone access.Action = "channel_unlink"
)

// Pages of the messengers.
type Pages struct {
	page.Desk
	assets *page.Assets

	mu    sync.Mutex
	stops map[channels.ID]func() // of the links that are being made in this process
}

// New makes the pages.
func New(d page.Desk) *Pages {
	return &Pages{Desk: d, assets: page.NewAssets("messengers", files), stops: map[channels.ID]func(){}}
}

// Routes of the pages.
func (p *Pages) Routes() []page.Route {
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET /desk/channels", Needs: access.SeeChannels, Handle: p.list},
		page.Route{Pattern: "GET /desk/channels/live", Needs: access.SeeChannels, Handle: p.live},
		page.Route{Pattern: "GET /desk/channels/invite", Needs: access.SeeChannels, Handle: p.invite},
		page.Route{Pattern: "POST /desk/channels/{id}/link", Needs: access.LinkChannels, Handle: p.link},
		page.Route{Pattern: "POST /desk/channels/{id}/stop", Needs: access.LinkChannels, Handle: p.stop},
		page.Route{Pattern: "GET /desk/channels/{id}/unlink", Needs: access.LinkChannels, Handle: p.sure},
		page.Route{Pattern: "POST /desk/channels/{id}/unlink", Needs: access.LinkChannels, Handle: p.unlink})
}

func (p *Pages) list(q *page.Request) error { return p.show(q, page.NewForm(q, nil)) }

func (p *Pages) show(q *page.Request, f *page.Form) error {
	all, err := p.read(q.Context(), q)
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow("/desk/channels/live")
	if !f.Good() {
		return q.Again(page.Channels, q.Word("desk.page.channels"), whole(q, all, f))
	}
	return q.Show(page.Channels, q.Word("desk.page.channels"), whole(q, all, f))
}

// live tells how the messengers are, and renews the code of one that is being linked.
func (p *Pages) live(q *page.Request) error {
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
		all, err := p.read(ctx, q)
		var parts []page.Fragment
		for _, m := range all {
			parts = append(parts, page.Fragment{Name: "state-" + m.ID, Body: state(q, m)})
			if m.Linker != nil {
				parts = append(parts, page.Fragment{Name: "account-" + m.ID, Body: account(q, m, page.NewForm(q, nil))})
			}
		}
		return parts, err
	}, page.TicketsKey)
}

// linker is the channel of the address, if it has an account to link.
func (p *Pages) linker(q *page.Request) (channels.Channel, channels.Linker, error) {
	i := slices.IndexFunc(p.Channels, func(c channels.Channel) bool { return string(c.ID()) == q.ID("id") })
	if i < 0 {
		return nil, nil, page.NotFound
	}
	l, ok := p.Channels[i].(channels.Linker)
	if !ok {
		return nil, nil, page.NotFound
	}
	return p.Channels[i], l, nil
}
