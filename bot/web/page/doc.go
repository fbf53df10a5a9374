// Package page is what every page of the desk shares: layout, navigation by right, words, forms, errors, live parts.
//
// A page is a folder beside this one. It exports New(page.Desk) *Pages and Routes:
//
//	//go:embed inbox.css
//	var files embed.FS
//
//	type Pages struct {
//		page.Desk
//		assets *page.Assets
//	}
//
//	func New(d page.Desk) *Pages { return &Pages{d, page.NewAssets("inbox", files)} }
//
//	func (p *Pages) Routes() []page.Route {
//		return append(p.assets.Routes(),
//			page.Route{Pattern: "GET /desk/inbox", Needs: access.ReadChats, Handle: p.list},
//			page.Route{Pattern: "GET /desk/inbox/live", Needs: access.ReadChats, Handle: p.live},
//			page.Route{Pattern: "POST /desk/inbox/{id}/take", Needs: access.Answer, Handle: p.take})
//	}
//
// and one line in bot/web/office.go. What it does for each request:
//
//	func (p *Pages) list(q *page.Request) error {
//		found, err := p.read(q.Context(), q.Now)    // q.Account, q.Language, q.Zone, q.May(right), q.ID("id")
//		if err != nil {
//			return err                          // store.ErrNotFound → 404; page.Conflict(word), page.Forbidden → typed; others → 500 with an id
//		}
//		q.Use(p.assets)                             // its .css and .js
//		q.Follow("/desk/inbox/live")                // its live parts; without, only the bar is live
//		return q.Show(page.Inbox, q.Word("desk.inbox.title"), list(q, found))
//	}
//
// Show writes the whole layout, or only the component when htmx asks. A templ takes q first: { q.Word("desk.inbox.empty") },
// { q.Count("desk.inbox.waiting", 5) }, q.When(t), q.Time(t), @page.Countdown(q, deadline).
//
// Who may: Route.Needs for the page, q.May(right) for a part of it, access.MaySee for one patient (else page.NotFound). What was
// shown of patients: q.Access.Viewed(ctx, action, ref, patients...); what was changed, in its transaction: q.Access.Audit.
//
// A change is a POST form that works without script:
//
//	f := q.Form()
//	text := f.Text("text", page.Required, page.Max(4000))   // trimmed, valid UTF-8; errors stand beside the field
//	if !f.Good() {
//		return q.Again(page.Inbox, title, form(q, f))   // 422 with what was typed
//	}
//	… q.Once() is the id under which a repetition of the form is the same (@page.Once(q) in the form, data-once on it) …
//	q.Toast("desk.inbox.taken")
//	return q.Redirect("/desk/inbox")                        // htmx follows too
//
// Live parts stand in elements with sse-swap and the fragment's name:
//
//	<div id="list" sse-swap="list" hx-swap="morph:innerHTML">@rows(q, found)</div>
//
//	func (p *Pages) live(q *page.Request) error {
//		return q.Stream(func(ctx context.Context) ([]page.Fragment, error) {
//			… return []page.Fragment{{Name: "list", Body: rows(q, found)}}, nil
//		}, page.InboxKey)                               // or DayKey, TicketsKey, ChatKey(id): run again when one has changed
//	}
//
// q.Now is fresh in each run. What all desks show the same is read once for all: page.NewMemo(d.Live, page.InboxKey, read).Get(ctx).
//
// Keyboard: a list has data-list, its rows data-row with a link in them; data-key="r" presses
// or focuses an element when nobody types. Drafts: data-draft="key" on a textarea keeps its text when the session ends.
// Styles: see assets/desk.css; the components' classes are listed at its top.
package page
