package vk

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/object"
)

// keyboard is buttons under a message, or in place of the keyboard, from where they go after a press.
func keyboard(rows [][]channels.Button, inline bool) object.MessagesKeyboard {
	k := object.MessagesKeyboard{Inline: object.BaseBoolInt(inline), OneTime: object.BaseBoolInt(!inline), Buttons: make([][]object.MessagesKeyboardButton, len(rows))}
	for i, row := range rows {
		k.Buttons[i] = make([]object.MessagesKeyboardButton, len(row))
		for j, b := range row {
			k.Buttons[i][j] = button(b, inline)
		}
	}
	return k
}

// button under a message is answered behind the scenes; one in place of the keyboard writes its label.
func button(b channels.Button, inline bool) object.MessagesKeyboardButton {
	if b.Link != "" {
		return object.MessagesKeyboardButton{Action: object.MessagesKeyboardButtonAction{Type: object.ButtonOpenLink, Label: b.Label, Link: b.Link}}
	}
	made := object.MessagesKeyboardButton{
		Action: object.MessagesKeyboardButtonAction{Type: object.ButtonText, Label: b.Label, Payload: write(b.Data, b.Label)}, Color: object.ButtonWhite,
	}
	if inline {
		made.Action.Type = object.ButtonCallback
	}
	if b.Chosen {
		made.Color = object.ButtonGreen
	}
	return made
}

// close takes the buttons off the messages of a receipt.
func (d *delivery) close(ctx context.Context, receipt string) error {
	for _, id := range splitIDs(receipt) {
		if err := d.edit(ctx, id, nil); err != nil {
			return err
		}
	}
	return nil
}

// redraw puts each page of changed buttons under its message of the receipt; where there is none any more, the
// buttons go.
func (d *delivery) redraw(ctx context.Context, receipt string, pages []channels.Shown) error {
	for ids := splitIDs(receipt); d.done < len(ids); d.done++ {
		var rows [][]channels.Button
		if d.done < len(pages) {
			rows = pages[d.done].Rows
		}
		if err := d.edit(ctx, ids[d.done], rows); err != nil {
			return err
		}
	}
	return nil
}

// edit changes the buttons of a message. One that is too old to be changed, or that nobody sees any more, is as it
// should be.
func (d *delivery) edit(ctx context.Context, id int64, rows [][]channels.Button) error {
	c, known := d.shown.recall(d.peer, id)
	if !known {
		var err error
		if c, known, err = d.look(ctx, id); err != nil || !known {
			return err
		}
	}
	params := c.params()
	params["peer_id"], params["keep_forward_messages"] = d.peer, true
	params["conversation_message_id"], params["cmid"] = id, id // the name of this version of the API, and of those since
	if len(rows) > 0 {                                         // without, VK takes them away
		params["keyboard"] = keyboard(rows, true).ToJSON()
	}
	_, err := d.client.MessagesEdit(params.WithContext(ctx))
	if refusedWith(failure(err), api.ErrMessagesEditExpired, api.ErrMessagesEditKindDisallowed, api.ErrMessagesEditPinned, api.ErrNotFound) {
		err = nil
	}
	if err == nil && len(rows) == 0 {
		d.shown.forget(d.peer, id)
	}
	return failure(err)
}

// look asks VK what a message holds; false = it is there no more.
func (d *delivery) look(ctx context.Context, id int64) (content, bool, error) {
	var found struct {
		Items []message `json:"items"`
	}
	params := api.Params{"peer_id": d.peer, "conversation_message_ids": id}
	if err := d.client.ask(ctx, "messages.getByConversationMessageId", params, &found); err != nil || len(found.Items) == 0 {
		return content{}, false, err
	}
	m := found.Items[0]
	c := content{text: m.words()}
	var files []string
	for _, a := range m.Attachments {
		if f, ok := a.file(); ok {
			files = append(files, f.Ref)
		}
	}
	c.files = strings.Join(files, ",")
	if m.Geo != nil {
		c.place = &channels.Place{Latitude: m.Geo.Coordinates.Latitude, Longitude: m.Geo.Coordinates.Longitude}
	}
	return c, c.text != "" || c.files != "" || c.place != nil, nil
}

// joinIDs and splitIDs write and read a Receipt.ID.
func joinIDs(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}

func splitIDs(receipt string) []int64 {
	var ids []int64
	for part := range strings.SplitSeq(receipt, ",") {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// openable writes the links that no button can open under the text.
func openable(m channels.Outgoing) channels.Outgoing {
	var lines strings.Builder
	var rest []channels.Choice
	for i, c := range m.Choices {
		if c.Link == "" || opens(c.Link) {
			if rest != nil {
				rest = append(rest, c)
			}
			continue
		}
		if rest == nil {
			rest = append(make([]channels.Choice, 0, len(m.Choices)), m.Choices[:i]...)
		}
		lines.WriteString("\n" + c.Label + ": " + c.Link)
	}
	if rest != nil {
		m.Text, m.Choices = strings.TrimSpace(m.Text+"\n"+lines.String()), rest
	}
	return m
}

// opens tells whether a button may open the link: VK refuses the whole message for an address that is not full.
func opens(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".")
}
