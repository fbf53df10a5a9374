package thread

import (
	"cmp"
	"fmt"
	"time"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"

	"github.com/a-h/templ"
)

func olderPath(c *chat) string {
	return "/desk/chats/" + c.contact.ID + "/older?to=" + c.before.String()
}

func pastPath(c *chat, from place) string {
	return "/desk/chats/" + c.contact.ID + "/past?from=" + from.String()
}

// compose is where one writes, with the clinic's ready answers, and why that may be in vain.
func (p *Pages) compose(q *page.Request, c *chat, d *draft) (form templ.Component, err error) {
	if !q.May(access.Answer) {
		return templ.NopComponent, nil
	}
	var ready []desk.Answer
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		if d.chosen, err = p.Front.Drafts(q.Context(), tx, act(q, c.contact.ID, "")); err != nil {
			return err
		}
		ready, err = p.Room.Answers(q.Context(), tx, c.contact.ID, q.Account.Name, q.Language, q.Now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading ready answers: %w", err)
	}
	return composing(q, c, d, ready), nil
}

// whose a ticket is, in words.
func whose(q *page.Request, _ *chat, k *store.Ticket) string {
	switch {
	case k.Account != "" && k.Account == q.Account.ID:
		return q.Word("desk.inbox.yours")
	case k.TakenBy != "":
		return k.TakenBy
	}
	return q.Word("desk.inbox.nobodys")
}

func firstSaid(q *page.Request, d *draft) string {
	return q.Word("desk.thread.answered", "who", cmp.Or(d.answered.Author, q.Word("desk.thread.colleague")), "when", q.Time(d.answered.At))
}

func fileName(q *page.Request, f channels.File) string {
	return cmp.Or(f.Name, q.Word("desk.thread.file."+string(cmp.Or(f.Kind, channels.Document))))
}

func loneNote(q *page.Request, k store.Ticket) string {
	if k.Kind == desk.ChannelDown {
		return inbox.Messenger(q, k.Note)
	}
	return k.Note
}

// birth is a date of birth in words.
func birth(q *page.Request, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return q.Format().FullDate(at)
}
