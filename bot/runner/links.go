package runner

import (
	"cmp"
	"net/url"
	"slices"

	"careline/bot/engine"
	"careline/channels"
	"careline/store"
)

// GoPath is where our own page takes those who press a button with a link; the link's id follows.
const GoPath = "/go/"

// redirected are the choices with every address of the web behind our own page, so that a click is counted and heard
// as a tap.
func (c *chat) redirected(w *writes, choices []channels.Choice) []channels.Choice {
	if c.Redirect == "" {
		return choices
	}
	choices = slices.Clone(choices)
	for i := range choices {
		choice := &choices[i]
		if !IsWeb(choice.Link) {
			continue
		}
		link := store.Link{
			ID: c.Unguessable(), ContactID: c.row.ID, URL: choice.Link, Choice: choice.Data, Place: engine.PlaceOf(c.conversation, choice.Data), CreatedAt: c.now,
		}
		w.links = append(w.links, link)
		choice.Link = c.Redirect + GoPath + link.ID
	}
	return choices
}

// IsWeb tells an address of the web from one that a telephone or a messenger opens.
func IsWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// invite is the link by which somebody comes to the clinic with the source: into the channel, or else into another.
func (p Parts) invite(channel, source string) string {
	var other string
	for _, c := range p.Channels {
		inviter, ok := c.(channels.Inviter)
		if !ok {
			continue
		}
		link := inviter.Invite(source)
		if string(c.ID()) == channel && link != "" {
			return link
		}
		other = cmp.Or(other, link)
	}
	return other
}
