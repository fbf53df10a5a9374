package vk

import (
	"context"
	"strings"

	"careline/channels"
	"careline/channels/wire"

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
	for _, id := range wire.SplitIDs[int64](receipt) {
		if err := d.edit(ctx, id, nil); err != nil {
			return err
		}
	}
	return nil
}

// redraw puts each page of changed buttons under its message of the receipt; where there is none any more, the
// buttons go.
func (d *delivery) redraw(ctx context.Context, receipt string, pages []channels.Shown) error {
	for ids := wire.SplitIDs[int64](receipt); d.done < len(ids); d.done++ {
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
		if f, ok := a.file(0); ok {
			files = append(files, f.Ref)
		}
	}
	c.files = strings.Join(files, ",")
	if m.Geo != nil {
		c.place = &channels.Place{Latitude: m.Geo.Coordinates.Latitude, Longitude: m.Geo.Coordinates.Longitude}
	}
	return c, c.text != "" || c.files != "" || c.place != nil, nil
}
