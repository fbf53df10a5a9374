package inbox

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

// What the list shows.
const (
	All     = "" // tickets that are not closed
	Mine    = "mine"
	Nobodys = "nobody"
	Closed  = "closed" // today
	Chats   = "chats"  // all in which patients wrote
)

var shows = []string{All, Mine, Nobodys, Closed, Chats}

// View is what the reader wants to see; it stands in the query string, and has no patient's data.
type View struct {
	Show    string
	Kind    string // of a ticket
	Branch  string
	Channel string
	After   store.Spot
}

// ViewOf is what the request asks for; what makes no sense in it is left out.
func ViewOf(q *page.Request) View {
	asked := q.R.URL.Query()
	v := View{Show: asked.Get("show"), Kind: asked.Get("kind"), Branch: asked.Get("branch"), Channel: asked.Get("channel")}
	if !slices.Contains(shows, v.Show) {
		v.Show = All
	}
	if q.Clinic.Branch(v.Branch) == nil {
		v.Branch = ""
	}
	if rank, rest, ok := strings.Cut(asked.Get("after"), "."); ok {
		order, id, _ := strings.Cut(rest, ".")
		r, wrong := strconv.ParseInt(rank, 10, 64)
		o, alsoWrong := strconv.ParseInt(order, 10, 64)
		if wrong == nil && alsoWrong == nil && len(id) <= 200 {
			v.After = store.Spot{Rank: r, Order: o, ID: id}
		}
	}
	return v
}

// Query is the view as the query string has it, with its question mark.
func (v View) Query() string {
	asked := url.Values{}
	put := func(name, value string) {
		if value != "" {
			asked.Set(name, value)
		}
	}
	put("show", v.Show)
	put("kind", v.Kind)
	put("branch", v.Branch)
	put("channel", v.Channel)
	if v.After.ID != "" {
		put("after", strconv.FormatInt(v.After.Rank, 10)+"."+strconv.FormatInt(v.After.Order, 10)+"."+v.After.ID)
	}
	if len(asked) == 0 {
		return ""
	}
	return "?" + asked.Encode()
}

// of is the view of another tab.
func (v View) of(show string) View {
	v.Show, v.After = show, store.Spot{}
	if show == Chats {
		v.Kind, v.Branch = "", ""
	}
	return v
}

// from is its page after the spot.
func (v View) from(after store.Spot) View {
	v.After = after
	return v
}

// isNarrow: something is filtered out.
func (v View) isNarrow() bool { return v.Kind != "" || v.Branch != "" || v.Channel != "" }

// Rooms are the chats of the clinic's own people.
func Rooms(ctx context.Context, tx store.Tx, d booking.Desk) (ids []string, err error) {
	for _, at := range append(slices.Clone(d.Admins), d.Manager...) {
		c, err := tx.ContactAt(ctx, string(at.Channel), at.Chat)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, c.ID)
	}
	return ids, nil
}

// IsRoom: it is not a patient's chat.
func IsRoom(d booking.Desk, c store.Contact) bool {
	at := channels.Address{Channel: channels.ID(c.Channel), Chat: c.Chat}
	return slices.Contains(d.Admins, at) || slices.Contains(d.Manager, at)
}
