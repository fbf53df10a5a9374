package thread

import (
	"context"
	"net/url"
	"time"

	"careline/bot/web/page"
	"careline/store"
)

// past is the chat from a day on, or from a line; it does not move while one reads it.
func (p *Pages) past(q *page.Request) error {
	id, asked := q.ID("contact"), q.R.URL.Query()
	c := &chat{}
	err := p.Store.Read(q.Context(), func(tx store.Tx) error {
		if err := p.readPeople(q.Context(), tx, c, id); err != nil {
			return err
		}
		from, err := c.asked(q.Context(), tx, q, asked)
		if err != nil {
			return err
		}
		return c.readAfter(q.Context(), tx, from)
	})
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), ChatSeen, "chat/"+id, c.patient.ID); err != nil {
		return err
	}
	if q.IsFragment() {
		return q.Part(later(q, c))
	}
	list, err := p.Inbox.Pane(q, id)
	if err != nil {
		return err
	}
	q.Use(p.Inbox.Assets(), p.assets)
	return q.Show(page.Inbox, c.who(q), pastPage(q, list, c, asked.Get("on")))
}

// asked is the place that the address names.
func (c *chat) asked(ctx context.Context, tx store.Tx, q *page.Request, asked url.Values) (place, error) {
	if from := placeOf(asked.Get("from")); len(from) > 0 {
		return from, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, asked.Get("on"), q.Zone)
	if err != nil {
		return nil, page.Malformed
	}
	return c.placeAt(ctx, tx, day)
}

// unread is how many words of the patient the reader has not read, and whether the first of them is among the lines shown.
func (c *chat) unread() (n int, shown bool) {
	for _, l := range c.lines {
		if last, ok := c.read[l.contact.ID]; ok && l.Seq > last && l.side() == "patient" && l.shows() {
			n++
		}
	}
	for contact, last := range c.read {
		if from, ok := c.from[contact]; ok && last < from {
			return n, false
		}
	}
	return n, true
}

// isNews: the first line that the reader had not read when they came.
func (c *chat) isNews(l *line) bool {
	last, ok := c.read[l.contact.ID]
	return ok && l.Seq > last && l.side() == "patient"
}
