package thread

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/store"

	"github.com/a-h/templ"
)

// done in the audit.
const (
	Replied  access.Action = "chat_reply"
	Noted    access.Action = "chat_note"
	Taken    access.Action = "ticket_taken"
	Assigned access.Action = "ticket_assigned"
	Returned access.Action = "chat_returned"
	Closed   access.Action = "ticket_closed"

	FileKept    access.Action = "file_kept"
	FileRemoved access.Action = "file_removed"
)

// act is what somebody does at the page, as the desk has it.
func act(q *page.Request, contact, ticket string) desk.Act {
	return desk.Act{By: desk.Account{ID: q.Account.ID, Name: q.Account.Name}, ID: q.Once(), Contact: contact, Ticket: ticket}
}

// do changes something about the chat and notes who did, in one transaction.
func (p *Pages) do(q *page.Request, contact string, action access.Action, ref string, f func(ctx context.Context, tx store.Tx) error) error {
	ctx := q.Context()
	return p.Store.Tx(ctx, func(tx store.Tx) error {
		c := &chat{}
		if contact != "" {
			if err := p.readPeople(ctx, tx, c, contact); err != nil {
				return err
			}
		}
		if err := f(ctx, tx); err != nil {
			return err
		}
		return q.Access.Audit(ctx, tx, action, c.patient.ID, ref)
	})
}

// tell is what the reader hears of why something was not done.
func tell(q *page.Request, err error) error {
	var taken *desk.TakenError
	switch {
	case errors.As(err, &taken):
		return page.Conflict("desk.thread.wrong.taken", "who", taken.By)
	case errors.Is(err, store.ErrNotFound), errors.Is(err, desk.ErrErased):
		return page.NotFound
	}
	if word := wrong(err); word != "" {
		return page.Conflict(word)
	}
	return err
}

// wrong is the word for why something was not done; empty for what is our own fault.
func wrong(err error) string {
	for known, word := range map[error]string{
		desk.ErrErased: "erased", desk.ErrClosed: "closed", desk.ErrBlocked: "blocked", desk.ErrOff: "off", desk.ErrEmpty: "empty",
		desk.ErrTooLong: "too_long", desk.ErrUnknown: "unknown", desk.ErrTooBig: "too_big", store.ErrNotFound: "erased",
		desk.ErrProgram: "program", desk.ErrTooMany: "too_many", desk.ErrNoFile: "file_gone",
	} {
		if errors.Is(err, known) {
			return "desk.thread.wrong." + word
		}
	}
	return ""
}

// after is the answer to something done in an open chat: its live parts show it.
func after(q *page.Request, to, word string, vars ...any) error {
	q.Toast(word, vars...)
	if q.IsFragment() {
		return q.Part(templ.NopComponent)
	}
	return q.Redirect(to)
}

func back(q *page.Request) string { return "/desk/chats/" + q.ID("contact") + inbox.ViewOf(q).Query() }

func (p *Pages) take(q *page.Request) error {
	contact, ticket := q.ID("contact"), q.Form().Values.Get("ticket")
	err := p.do(q, contact, Taken, "ticket/"+ticket, func(ctx context.Context, tx store.Tx) error {
		return p.Front.Take(ctx, tx, act(q, contact, ticket), q.Now)
	})
	if err != nil {
		return tell(q, err)
	}
	return after(q, back(q), "desk.thread.taken")
}

func (p *Pages) assign(q *page.Request) error {
	contact, ticket, to := q.ID("contact"), q.Form().Values.Get("ticket"), q.Form().Values.Get("to")
	err := p.do(q, contact, Assigned, "ticket/"+ticket, func(ctx context.Context, tx store.Tx) error {
		who := desk.Account{}
		if to != "" {
			colleagues, err := p.whoAnswers(ctx, tx)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(colleagues, func(a store.Account) bool { return a.ID == to })
			if i < 0 {
				return desk.ErrUnknown
			}
			who = desk.Account{ID: to, Name: colleagues[i].Name}
		}
		return p.Front.Assign(ctx, tx, act(q, contact, ticket), who, q.Now)
	})
	if err != nil {
		return tell(q, err)
	}
	return after(q, back(q), "desk.thread.assigned")
}

// whoAnswers are the people of the desk who may have a ticket.
func (p *Pages) whoAnswers(ctx context.Context, tx store.Tx) ([]store.Account, error) {
	all, err := tx.Accounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	return slices.DeleteFunc(all, func(a store.Account) bool {
		return !a.DisabledAt.IsZero() || !access.Account{Role: access.Role(a.Role)}.May(access.Answer)
	}), nil
}

// giveBack lets the bot go on: where it stopped, or with another dialog. Tickets may stay with whoever has them.
func (p *Pages) giveBack(q *page.Request) error {
	contact, f := q.ID("contact"), q.Form().Values
	err := p.do(q, contact, Returned, "chat/"+contact, func(ctx context.Context, tx store.Tx) error {
		return p.Front.Return(ctx, tx, act(q, contact, ""), f.Get("dialog"), f["keep"], q.Now)
	})
	if err != nil {
		return tell(q, err)
	}
	return after(q, back(q), "desk.thread.returned")
}

func (p *Pages) close(q *page.Request) error {
	contact, f := q.ID("contact"), q.Form()
	ticket, ref := f.Values.Get("ticket"), "chat/"+contact
	if ticket != "" {
		ref = "ticket/" + ticket
	}
	err := p.do(q, contact, Closed, ref, func(ctx context.Context, tx store.Tx) error {
		return p.Front.Close(ctx, tx, act(q, contact, ticket), f.Values.Get("reason"), f.Text("resolution"), q.Now)
	})
	if err != nil {
		return tell(q, err)
	}
	return after(q, back(q), "desk.thread.closed")
}

// typing tells colleagues and the patient that somebody writes, or has stopped.
func (p *Pages) typing(q *page.Request) error {
	contact, by := q.ID("contact"), desk.Account{ID: q.Account.ID, Name: q.Account.Name}
	c := &chat{}
	err := p.Store.Read(q.Context(), func(tx store.Tx) error { return p.readPeople(q.Context(), tx, c, contact) })
	if err == nil && q.Form().On("stopped") {
		err = p.Presence.Stopped(q.Context(), contact, by)
	} else if err == nil {
		err = p.Presence.Typing(q.Context(), contact, by, q.Now)
	}
	if err != nil {
		return tell(q, err)
	}
	return q.Part(templ.NopComponent)
}

// aboutTicket is what is done to a ticket of somebody whom no messenger reaches.
func (p *Pages) aboutTicket(q *page.Request) error {
	k, err := p.ticketOf(q)
	if err != nil || k.ContactID != "" {
		return tell(q, errors.Join(err, notAlone(k)))
	}
	f, a := q.Form(), act(q, "", k.ID)
	deeds := map[string]struct {
		action access.Action
		word   string
		do     func(ctx context.Context, tx store.Tx) error
	}{
		"take": {Taken, "desk.thread.taken", func(ctx context.Context, tx store.Tx) error { return p.Front.Take(ctx, tx, a, q.Now) }},
		"note": {Noted, "desk.thread.noted", func(ctx context.Context, tx store.Tx) error { return p.Front.Note(ctx, tx, a, f.Text("text"), q.Now) }},
		"close": {Closed, "desk.thread.closed", func(ctx context.Context, tx store.Tx) error {
			return p.Front.Close(ctx, tx, a, f.Values.Get("reason"), f.Text("resolution"), q.Now)
		}},
	}
	deed, ok := deeds[q.ID("do")]
	if !ok {
		return page.NotFound
	}
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		if err := deed.do(q.Context(), tx); err != nil {
			return err
		}
		return q.Access.Audit(q.Context(), tx, deed.action, k.PatientID, "ticket/"+k.ID)
	})
	if err != nil {
		return tell(q, err)
	}
	q.Toast(deed.word)
	return q.Redirect("/desk/tickets/" + k.ID + inbox.ViewOf(q).Query())
}

func notAlone(k store.Ticket) error {
	if k.ContactID != "" {
		return page.NotFound
	}
	return nil
}
