// Package thread is one patient's chat at the desk: all that was said in all their messengers, what is known of them, and
// the human's turn.
package thread

import (
	"embed"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/bot/journey"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
)

//go:embed thread.css thread.js
var files embed.FS

// Parts are what chats are made from.
type Parts struct {
	page.Desk
	Front    *desk.Front
	Presence *desk.Presence
	Journey  *journey.Planner
	Room     *desk.Room   // knows the ready answers
	Inbox    *inbox.Pages // stands beside the chat
}

// Pages are the chats.
type Pages struct {
	Parts
	attached desk.Attachments
	assets   *page.Assets
}

// New makes the chats.
func New(p Parts) *Pages {
	return &Pages{p, desk.Attachments{Store: p.Store, Channels: p.Channels}, page.NewAssets("thread", files)}
}

// mostKiB is how large a reply with its files may be.
const mostKiB = 3*desk.MaxFile>>10 + 64

// Routes are what it serves.
func (p *Pages) Routes() []page.Route {
	const chat, ticket = "/desk/chats/{contact}", "/desk/tickets/{ticket}"
	return append(p.assets.Routes(),
		page.Route{Pattern: "GET " + chat, Needs: access.ReadChats, Handle: p.show},
		page.Route{Pattern: "GET " + chat + "/live", Needs: access.ReadChats, Handle: p.live},
		page.Route{Pattern: "GET " + chat + "/older", Needs: access.ReadChats, Handle: p.older},
		page.Route{Pattern: "GET " + chat + "/past", Needs: access.ReadChats, Handle: p.past},
		page.Route{Pattern: "GET " + chat + "/files/{line}/{n}", Needs: access.ReadChats, Handle: p.file},
		page.Route{Pattern: "POST " + chat + "/say", Needs: access.Answer, MaxKiB: mostKiB, Handle: p.say},
		page.Route{Pattern: "POST " + chat + "/files", Needs: access.Answer, MaxKiB: mostKiB, Handle: p.choose},
		page.Route{Pattern: "POST " + chat + "/files/remove", Needs: access.Answer, Handle: p.discard},
		page.Route{Pattern: "POST " + chat + "/typing", Needs: access.Answer, Handle: p.typing},
		page.Route{Pattern: "POST " + chat + "/take", Needs: access.Answer, Handle: p.take},
		page.Route{Pattern: "POST " + chat + "/assign", Needs: access.Answer, Handle: p.assign},
		page.Route{Pattern: "POST " + chat + "/return", Needs: access.Answer, Handle: p.giveBack},
		page.Route{Pattern: "POST " + chat + "/close", Needs: access.Answer, Handle: p.close},
		page.Route{Pattern: "GET " + ticket, Needs: access.ReadChats, Handle: p.ticket},
		page.Route{Pattern: "POST " + ticket + "/{do}", Needs: access.Answer, Handle: p.aboutTicket})
}
