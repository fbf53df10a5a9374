package telegram

import (
	"context"
	"errors"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Send shows m. Telegram has no idempotency key: a message whose answer got lost is shown again by the next
// try, but not those of its parts that m.Done counts.
//
// Receipt.ID is the id of the message that holds the buttons, or of the last one shown. Buttons on several
// pages give the ids of all their messages, as "12,13".
func (t *Telegram) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return channels.Receipt{}, err
	}
	chat, err := t.chat(to)
	if err != nil {
		return channels.Receipt{}, err
	}
	d := delivery{Telegram: t, address: to.Chat, room: room(to), chat: chat, done: m.Done}
	err = d.deliver(ctx, m)
	var moved *migrated
	if errors.As(err, &moved) {
		t.moved(chat, moved.to)
		d.chat = moved.to
		err = d.deliver(ctx, m)
	}
	if err == nil && m.Closes != "" {
		err = d.close(ctx, m.Closes)
		if d.parts > 0 { // what was shown is not shown again for the sake of old buttons
			err = nil
		}
	}
	t.health.sent(err)
	return channels.Receipt{ID: d.receipt(m), Calls: d.spent(), Begun: d.begun}, d.failure(err)
}

// delivery is one message on its way into a chat.
type delivery struct {
	*Telegram
	address string // of the chat, by the settings
	room    int64  // the same as a number
	chat    int64  // today's id
	thread  int    // the topic of it; 0 = none
	begun   bool   // the topic is new
	calls   int    // that the network counts
	parts   int    // rendered messages
	done    int    // how many of the rendered messages the network has taken, or changed
	buttons []int  // ids of those with buttons
	last    int    // id of the last
}

// deliver takes it to where it belongs.
func (d *delivery) deliver(ctx context.Context, m channels.Outgoing) error {
	if m.Topic != nil && d.Group(d.address) {
		return d.inTopic(ctx, m)
	}
	return d.run(ctx, m)
}

// run goes on with what is not done yet.
func (d *delivery) run(ctx context.Context, m channels.Outgoing) error {
	shown := channels.Render(wire.Openable(m, opens), d.caps, d.options.Words)
	d.parts = len(shown)
	if m.Redraws != "" {
		return d.redraw(ctx, m.Redraws, shown)
	}
	for ; d.done < len(shown); d.done++ {
		s := shown[d.done]
		id, err := d.show(ctx, s)
		if err != nil {
			return err
		}
		if d.last = id; len(s.Rows) > 0 {
			d.buttons = append(d.buttons, id)
		}
	}
	return nil
}

// spent is what the network counts: a message, whatever came with it, of a person's chat, and every call in a group.
func (d *delivery) spent() int {
	switch {
	case d.chat > 0 || d.calls == 1:
		return 0
	case d.calls == 0:
		return channels.NoCalls
	}
	return d.calls
}

func (d *delivery) receipt(m channels.Outgoing) string {
	switch {
	case m.Redraws != "":
		return m.Redraws
	case len(d.buttons) > 0:
		return wire.JoinIDs(d.buttons...)
	case d.last != 0:
		return wire.JoinIDs(d.last)
	}
	return ""
}

// failure adds how far the message came.
func (d *delivery) failure(err error) error {
	if err == nil {
		return nil
	}
	failed := &channels.Error{Kind: channels.Rejected, Code: "call", Reason: "the message cannot be written as a call"}
	var moved *migrated
	if errors.As(err, &moved) {
		failed = &channels.Error{Kind: channels.Retry, Code: "400", Reason: moved.Error()}
	}
	var e *channels.Error
	if errors.As(err, &e) {
		failed = e
	}
	failed.Done = d.done
	return failed
}

var (
	yes       = true
	noPreview = &models.LinkPreviewOptions{IsDisabled: &yes}
)

// posted is what is read of a message that was taken.
type posted struct {
	ID int `json:"message_id"`
}

// show sends one message and returns its id. Texts go without a parse_mode: every character arrives as written.
func (d *delivery) show(ctx context.Context, s channels.Shown) (int, error) {
	var p posted
	var err error
	d.calls++
	switch {
	case s.File != nil:
		return d.file(ctx, s)
	case s.Place != nil && s.Place.Title != "" && s.Place.Address != "":
		err = d.client.call(ctx, "sendVenue", &bot.SendVenueParams{
			ChatID: d.chat, MessageThreadID: d.thread, Latitude: s.Place.Latitude, Longitude: s.Place.Longitude, Title: s.Place.Title, Address: s.Place.Address,
			ReplyMarkup: d.markup(s),
		}, &p)
	case s.Place != nil:
		err = d.client.call(ctx, "sendLocation", &bot.SendLocationParams{
			ChatID: d.chat, MessageThreadID: d.thread, Latitude: s.Place.Latitude, Longitude: s.Place.Longitude, ReplyMarkup: d.markup(s),
		}, &p)
	default:
		err = d.client.call(ctx, "sendMessage", &bot.SendMessageParams{
			ChatID: d.chat, MessageThreadID: d.thread, Text: s.Text, LinkPreviewOptions: noPreview, ReplyMarkup: d.markup(s),
		}, &p)
	}
	return p.ID, err
}
