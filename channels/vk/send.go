package vk

import (
	"context"
	"errors"
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

// Send shows m. VK shows nothing twice under one random_id, which comes from the key, for an hour and 100 messages of the
// conversation.
//
// Receipt.ID is the conversation's id of the message that holds the buttons, or of the last one shown. Buttons on
// several pages give the ids of all their messages, as "12,13".
func (v *VK) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return channels.Receipt{}, wire.Unreached(err)
	}
	peer, err := v.peer(to)
	if err != nil {
		return channels.Receipt{}, err
	}
	shown := v.render(ctx, to, m)
	d := delivery{VK: v, peer: peer, done: m.Done}
	err = d.run(ctx, m, shown)
	if err == nil && m.Closes != "" {
		err = d.close(ctx, m.Closes)
		if len(shown) > 0 { // what was shown is not shown again for the sake of old buttons
			err = nil
		}
	}
	v.health.sent(err)
	return channels.Receipt{ID: d.receipt(m)}, d.failure(err)
}

// delivery is one message on its way into a chat.
type delivery struct {
	*VK
	peer    int64
	done    int     // how many of the rendered messages the network has taken, or changed
	buttons []int64 // ids of those with buttons
	last    int64   // id of the last
}

// run goes on with what is not done yet.
func (d *delivery) run(ctx context.Context, m channels.Outgoing, shown []channels.Shown) error {
	if m.Redraws != "" {
		return d.redraw(ctx, m.Redraws, shown)
	}
	for ; d.done < len(shown); d.done++ {
		s := shown[d.done]
		id, err := d.show(ctx, s)
		if err != nil {
			return err
		}
		if d.last = id; id > 0 && len(s.Rows)+len(s.Cards) > 0 {
			d.buttons = append(d.buttons, id)
		}
	}
	return nil
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
	var e *channels.Error
	if !errors.As(failure(err), &e) {
		return err
	}
	failed := *e // a refusal may be shared by calls that went together
	failed.Done = d.done
	return &failed
}

// show sends one message and returns its id in the conversation.
func (d *delivery) show(ctx context.Context, s channels.Shown) (int64, error) {
	c := content{text: s.Text}
	if s.Place != nil {
		c.text = strings.TrimSpace(strings.Join([]string{s.Text, s.Place.Title, s.Place.Address}, "\n"))
		c.place = s.Place
	}
	if s.File == nil {
		return d.post(ctx, s, c)
	}
	file, err := d.file(ctx, s.File)
	if err != nil {
		return 0, err
	}
	c.files = file.attachment
	id, err := d.post(ctx, s, c)
	if file.remembered && channels.KindOf(err) == channels.Rejected { // somebody deleted what VK had
		if c.files, err = d.upload(ctx, file); err == nil {
			id, err = d.post(ctx, s, c)
		}
	}
	return id, err
}

// posted is what became of a message for each of its peers; the library looks for the error's fields under other names.
type posted []struct {
	CMID  int64 `json:"conversation_message_id"`
	Error *struct {
		Code        int    `json:"code"`
		Description string `json:"description"`
	} `json:"error"`
}

func (d *delivery) post(ctx context.Context, s channels.Shown, c content) (int64, error) {
	params := c.params()
	params["peer_ids"] = d.peer // in this form VK tells the conversation's id, by which messages are changed and answered
	params["random_id"] = randomID(s.Key, d.peer)
	if len(s.Rows) > 0 {
		params["keyboard"] = keyboard(s.Rows, !s.Keyboard).ToJSON()
	}
	if len(s.Cards) > 0 {
		params["template"] = cards(s.Cards)
	}
	var p posted
	if err := d.client.ask(ctx, "messages.send", params, &p); err != nil {
		return 0, err
	}
	switch {
	case len(p) != 1:
		return 0, wire.Broken("answer", "messages.send tells of another number of messages than was sent")
	case p[0].Error != nil:
		return 0, refusal(p[0].Error.Code, p[0].Error.Description)
	}
	if len(s.Rows)+len(s.Cards) > 0 {
		d.shown.keep(d.peer, p[0].CMID, c)
	}
	return p[0].CMID, nil
}

// content is what a message holds beside its buttons. To change those, all of it is to be said again.
type content struct {
	text  string
	files string // attachments, as VK calls them
	place *channels.Place
}

func (c content) params() api.Params {
	p := api.Params{"dont_parse_links": true, "disable_mentions": true}
	if c.text != "" {
		p["message"] = c.text
	}
	if c.files != "" {
		p["attachment"] = c.files
	}
	if c.place != nil {
		p["lat"] = strconv.FormatFloat(c.place.Latitude, 'f', -1, 64)
		p["long"] = strconv.FormatFloat(c.place.Longitude, 'f', -1, 64)
	}
	return p
}

// randomID is VK's idempotency key: an int32 that is never 0 where there is a key, and 0, which is none, without.
func randomID(key string, peer int64) int32 {
	if key == "" {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key + "\x00" + strconv.FormatInt(peer, 10)))
	sum := h.Sum64()
	return max(int32((sum^sum>>32)&math.MaxInt32), 1)
}

// peer is the id that the network knows the address by.
func (v *VK) peer(to channels.Address) (int64, error) {
	id, err := strconv.ParseInt(to.Chat, 10, 64)
	if to.Channel != v.ID() || err != nil || id <= 0 || id >= chats || strconv.FormatInt(id, 10) != to.Chat {
		return 0, &channels.Error{Kind: channels.Rejected, Code: "address", Reason: "not an address of VK"}
	}
	return id, nil
}
