package thread

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"careline/bot/access"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/store"
)

// seen in the audit.
const (
	ChatSeen access.Action = "chat_seen"
	FileSeen access.Action = "file_seen"
)

func (p *Pages) show(q *page.Request) error {
	return p.page(q, &draft{Form: page.NewForm(q, nil)})
}

// page is the whole chat with what is being written in it.
func (p *Pages) page(q *page.Request, d *draft) error {
	ctx, id := q.Context(), q.ID("contact")
	c, side, err := p.open(ctx, q, id, nil)
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(ctx, ChatSeen, "chat/"+id, c.patient.ID); err != nil {
		return err
	}
	if c.read, err = p.haveRead(ctx, q, c); err != nil {
		return err
	}
	list, err := p.Inbox.Pane(q, id)
	if err != nil {
		return err
	}
	form, err := p.compose(q, c, d)
	if err != nil {
		return err
	}
	q.Use(p.Inbox.Assets(), p.assets)
	q.Follow(c.livePath(q))
	return q.Show(page.Inbox, c.who(q), whole(q, list, c, side, form, p.reach(q, c)))
}

// open reads a chat and what is known of its patient.
func (p *Pages) open(ctx context.Context, q *page.Request, id string, from place) (c *chat, s *side, err error) {
	err = p.Store.Read(ctx, func(tx store.Tx) error {
		if c, err = p.read(ctx, tx, q, id, from); err != nil {
			return err
		}
		s, err = p.readSide(ctx, tx, q, c)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("opening a chat: %w", err)
	}
	return c, s, nil
}

// haveRead notes that the reader has all lines before them, if that is news, and tells how far they had read.
func (p *Pages) haveRead(ctx context.Context, q *page.Request, c *chat) (before place, err error) {
	last := map[string]int64{}
	for _, l := range c.lines {
		last[l.contact.ID] = max(last[l.contact.ID], l.Seq)
	}
	err = p.Store.Read(ctx, func(tx store.Tx) (err error) {
		before, err = tx.HasRead(ctx, q.Account.ID, c.ids())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("asking what was read: %w", err)
	}
	maps.DeleteFunc(last, func(contact string, line int64) bool { return line <= before[contact] })
	if len(last) == 0 {
		return before, nil
	}
	err = p.Store.Tx(ctx, func(tx store.Tx) error {
		for _, contact := range slices.Sorted(maps.Keys(last)) {
			if err := tx.ReadTo(ctx, q.Account.ID, contact, last[contact]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("noting what was read: %w", err)
	}
	return before, nil
}

// livePath is where the parts of the page come from that change.
func (c *chat) livePath(q *page.Request) string {
	asked := url.Values{"from": {c.from.String()}, "read": {c.read.String()}}
	if len(c.before) == 0 {
		asked.Set("all", "1")
	}
	if view := inbox.ViewOf(q).Query(); view != "" {
		return "/desk/chats/" + c.contact.ID + "/live" + view + "&" + asked.Encode()
	}
	return "/desk/chats/" + c.contact.ID + "/live?" + asked.Encode()
}

func (p *Pages) live(q *page.Request) error {
	id := q.ID("contact")
	asked := q.R.URL.Query()
	from, read, whole := placeOf(asked.Get("from")), placeOf(asked.Get("read")), asked.Get("all") != ""
	keys := []string{inbox.Key(q), page.DayKey}
	for contact := range from {
		keys = append(keys, page.ChatKey(contact))
	}
	if from[id] == 0 {
		keys = append(keys, page.ChatKey(id))
	}
	return q.Stream(func(ctx context.Context) ([]page.Fragment, error) { return p.parts(ctx, q, id, from, read, whole) }, keys...)
}

// parts are what changes of an open chat.
func (p *Pages) parts(ctx context.Context, q *page.Request, id string, from, read place, whole bool) ([]page.Fragment, error) {
	list, err := p.Inbox.Live(ctx, q, id)
	if err != nil {
		return nil, err
	}
	c, s, err := p.open(ctx, q, id, from)
	if errors.Is(err, store.ErrNotFound) { // the patient was erased: nothing of theirs stays on the page
		return append(list, page.Fragment{Name: "chat-gone", Body: gone(q)}), nil
	}
	if err != nil {
		return nil, err
	}
	if whole {
		c.before = nil
	}
	if _, err := p.haveRead(ctx, q, c); err != nil {
		return nil, err
	}
	c.read = read
	return append(list,
		page.Fragment{Name: "chat-lines", Body: stream(q, c)}, page.Fragment{Name: "chat-turn", Body: turn(q, c)},
		page.Fragment{Name: "chat-reach", Body: reach(q, c, p.reach(q, c))}, page.Fragment{Name: "chat-writing", Body: writing(q, c)}, page.Fragment{Name: "chat-side", Body: known(q, c, s)}), nil
}

// older are lines from before, to stand above the others.
func (p *Pages) older(q *page.Request) error {
	id := q.ID("contact")
	c := &chat{}
	err := p.Store.Read(q.Context(), func(tx store.Tx) error {
		if err := p.readPeople(q.Context(), tx, c, id); err != nil {
			return err
		}
		to := placeOf(q.R.URL.Query().Get("to"))
		if len(to) == 0 {
			return page.Malformed
		}
		return c.readBefore(q.Context(), tx, to)
	})
	if err != nil {
		return err
	}
	if !q.IsFragment() { // without script: a page of its own
		return q.Show(page.Inbox, c.who(q), olderPage(q, c))
	}
	return q.Part(earlier(q, c))
}

// ticket opens the chat of a ticket, or the ticket of somebody whom no messenger reaches.
func (p *Pages) ticket(q *page.Request) error {
	k, err := p.ticketOf(q)
	if err != nil {
		return err
	}
	if k.ContactID != "" {
		return q.Redirect("/desk/chats/" + k.ContactID + inbox.ViewOf(q).Query())
	}
	var patient store.Patient
	if k.PatientID != "" {
		err := p.Store.Read(q.Context(), func(tx store.Tx) error {
			found, err := tx.Patients(q.Context(), []string{k.PatientID})
			if len(found) > 0 {
				patient = found[0]
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := q.Access.Viewed(q.Context(), ChatSeen, "ticket/"+k.ID, k.PatientID); err != nil {
			return err
		}
	}
	list, err := p.Inbox.Pane(q, k.ID)
	if err != nil {
		return err
	}
	q.Use(p.Inbox.Assets(), p.assets)
	return q.Show(page.Inbox, inbox.Kind(q, k.Kind), lone(q, list, k, patient))
}

func (p *Pages) ticketOf(q *page.Request) (k store.Ticket, err error) {
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		found, err := tx.TicketsByID(q.Context(), []string{q.ID("ticket")})
		if err == nil && len(found) == 0 {
			return page.NotFound
		}
		if err == nil {
			k = found[0]
		}
		return err
	})
	return k, err
}
