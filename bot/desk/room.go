package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/channels"
	"careline/dialogs"
	"careline/locales"
	"careline/store"
)

// Room is the administrators' side of the chats that Desk.Rooms names: how news read there, and what comes of
// what is written there. Everybody in such a chat is trusted.
type Room struct {
	*Desk
	Clinic    *booking.Clinic
	Reception *booking.Reception
	Phrases   *locales.Catalogue
	Health    []string // what memory.yaml keeps of a patient's health: the answers of questionnaires
	// Staff are those who answer at the desk in the browser.
	Staff func(ctx context.Context, tx store.Tx) ([]Account, error)
}

// Step takes one input of a room, a message or News, and adds what the room is told to what it was told already in
// this transaction.
func (r *Room) Step(ctx context.Context, tx store.Tx, room store.Contact, in store.Input, said []store.Output, now time.Time) ([]store.Output, error) {
	t := r.talk(ctx, tx, room, said, now)
	var err error
	switch in.Kind {
	case store.MessageInput:
		var m channels.Incoming
		if err := json.Unmarshal(in.Payload, &m); err != nil {
			return nil, fmt.Errorf("reading a message of the administrators: %w", err)
		}
		err = t.hear(m)
	case store.DeskInput:
		var n News
		if err := json.Unmarshal(in.Payload, &n); err != nil {
			return nil, fmt.Errorf("reading news: %w", err)
		}
		err = t.report(n)
	}
	return t.said, err
}

// talk is one step of a room.
type talk struct {
	*Room
	ctx  context.Context
	tx   store.Tx
	room store.Contact
	now  time.Time
	view dialogs.View // the clinic's first language and its main branch's clock
	said []store.Output
	// topic is that of the ticket that is spoken of; nil = none.
	topic *channels.Topic
}

func (r *Room) talk(ctx context.Context, tx store.Tx, room store.Contact, said []store.Output, now time.Time) *talk {
	view := dialogs.View{Language: r.Clinic.Languages[0], Zone: r.Clinic.Branches[0].Zone, Now: now}
	return &talk{Room: r, ctx: ctx, tx: tx, room: room, now: now, view: view, said: said}
}

// hear takes what an administrator did. What answers nothing of ours is their own conversation.
func (t *talk) hear(m channels.Incoming) error {
	switch {
	case m.Choice != "":
		return t.press(m)
	case m.Topic != "":
		return t.within(m)
	case asksForHelp(m.Text):
		return t.phrase("desk.room.help", nil)
	case m.ReplyTo != "":
		known, err := t.answer(m)
		if err == nil && !known {
			err = t.later(m)
		}
		return err
	}
	return nil
}

// report puts news into words.
func (t *talk) report(n News) error {
	switch n.What {
	case Opened:
		return t.card(n.Ticket)
	case Late:
		return t.late(n.Ticket)
	case Escalated:
		return t.escalated(n.Ticket)
	case Morning:
		return t.morning(n.Branch)
	case Changed:
		return t.redraw(n.Ticket)
	case Wrote:
		return t.wrote(n)
	case Booked, Moved, Cancelled:
		return t.visit(n)
	case TakenBefore:
		return t.phrase("desk.room.taken_before", facts{"name": n.Author})
	case Reopened:
		return t.reopened(n.Ticket)
	case Spoke:
		return t.spoke(n)
	case Answered:
		return t.second(n)
	case Carded:
		return t.again(n.Ticket)
	case Noted:
		return t.noted(n)
	case Erased:
		return t.erased(n.Ticket)
	case Lost:
		return t.lost(n.Contact)
	case Mended:
		return t.mended(n.Channel)
	case Replied:
		_, err := t.answer(*n.Reply)
		return err
	}
	return nil
}
