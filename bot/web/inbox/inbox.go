// Package inbox is the desk's list of those who wait, the most urgent first.
package inbox

import (
	"context"
	"embed"
	"fmt"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/store"

	"github.com/a-h/templ"
)

//go:embed inbox.css
var files embed.FS

// Pages are the inbox, and its list beside an open chat.
type Pages struct {
	page.Desk
	assets *page.Assets
	views  *views
}

// New makes the inbox.
func New(d page.Desk) *Pages {
	return &Pages{Desk: d, assets: page.NewAssets("inbox", files), views: newViews(d)}
}

// Routes are what it serves.
func (p *Pages) Routes() []page.Route {
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET /desk/inbox", Needs: access.ReadChats, Handle: p.show},
		page.Route{Pattern: "GET /desk/inbox/live", Needs: access.ReadChats, Handle: p.live})
}

// Assets of the list, for the pages that have it beside them.
func (p *Pages) Assets() *page.Assets { return p.assets }

func (p *Pages) show(q *page.Request) error {
	pane, err := p.Pane(q, "")
	if err != nil {
		return err
	}
	q.Use(p.assets)
	q.Follow("/desk/inbox/live" + ViewOf(q).Query())
	return q.Show(page.Inbox, q.Word("desk.inbox.title"), alone(q, pane))
}

func (p *Pages) live(q *page.Request) error {
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) { return p.Live(ctx, q, "") }, Key(q))
}

// Pane is the list as the query string wants it; open is the contact or the ticket that is open beside it.
func (p *Pages) Pane(q *page.Request, open string) (templ.Component, error) {
	l, err := p.read(q.Context(), q, open, p.views.read)
	if err != nil {
		return nil, err
	}
	return pane(q, l), q.Access.Listed(q.Context(), seen, "inbox", l.patients()...)
}

// Live are the parts of the pane that change, for a stream that follows Key.
func (p *Pages) Live(ctx context.Context, q *page.Request, open string) ([]page.Fragment, error) {
	l, err := p.read(ctx, q, open, p.views.shared)
	if err != nil {
		return nil, err
	}
	if err := q.Access.Listed(ctx, seen, "inbox", l.patients()...); err != nil {
		return nil, err
	}
	return []page.Fragment{{Name: "inbox-tabs", Body: tabs(q, l)}, {Name: "inbox-list", Body: rows(q, l)}}, nil
}

// pageSize is how many lines the list has.
const pageSize = 50

// list is what the pane shows.
type list struct {
	View
	open    string // contact or ticket
	found   []row
	counted counts
	kinds   []string
	next    store.Spot // the next page begins after it; without ID there is none
	drawn   *drawn     // nil = nobody else shows it
}

// row is one line.
type row struct {
	store.Listed
	unread bool
	mine   bool
}

// counts are how much there is to do.
type counts struct{ open, mine, nobodys int }

// read the list with what of it is the reader's own.
func (p *Pages) read(ctx context.Context, q *page.Request, open string, look func(context.Context, asked) (shown, error)) (l list, err error) {
	l.View, l.open = ViewOf(q), open
	s, err := look(ctx, askedBy(q, l.View))
	if err == nil {
		l.drawn, l.next, l.kinds, l.counted = s.drawn, s.next, s.kinds, counts{s.counted.Open, s.counted.Of[q.Account.ID], s.counted.Nobodys}
		err = p.Store.Read(ctx, func(tx store.Tx) (err error) {
			l.found, err = marked(ctx, tx, q, s.found, l.Show == Chats)
			return err
		})
	}
	if err != nil {
		return l, fmt.Errorf("listing the inbox: %w", err)
	}
	return l, nil
}

// marked tells of the lines what the reader has not read. A chat to which nobody was called is new to nobody who never
// looked into it.
func marked(ctx context.Context, tx store.Tx, q *page.Request, found []store.Listed, chats bool) ([]row, error) {
	ids := make([]string, 0, len(found))
	for _, k := range found {
		if k.ContactID != "" {
			ids = append(ids, k.ContactID)
		}
	}
	read, err := tx.HasRead(ctx, q.Account.ID, ids)
	if err != nil {
		return nil, err
	}
	all := make([]row, len(found))
	for i, k := range found {
		line, ever := read[k.ContactID]
		all[i] = row{Listed: k, unread: k.Line > line && (ever || !chats), mine: k.Account != "" && k.Account == q.Account.ID}
	}
	return all, nil
}
