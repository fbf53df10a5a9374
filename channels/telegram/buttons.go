package telegram

import (
	"context"
	"strings"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// markup is the buttons of a message. One without any takes away the keyboard that an earlier one left: a
// message can do only one of the two, and a one-time keyboard is folded away by then.
func (d *delivery) markup(s channels.Shown) models.ReplyMarkup {
	switch {
	case s.Keyboard:
		return keyboard(s.Rows)
	case len(s.Rows) > 0:
		return inline(s.Rows)
	case d.chat > 0:
		return noKeyboard
	}
	return nil // a group has none of ours
}

var noKeyboard = &models.ReplyKeyboardRemove{RemoveKeyboard: true}

func inline(rows [][]channels.Button) *models.InlineKeyboardMarkup {
	made := make([][]models.InlineKeyboardButton, len(rows))
	for i, row := range rows {
		made[i] = make([]models.InlineKeyboardButton, len(row))
		for j, b := range row {
			made[i][j] = models.InlineKeyboardButton{Text: b.Label, URL: b.Link}
			if b.Link == "" {
				made[i][j].CallbackData = b.Data
			}
		}
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: made}
}

func keyboard(rows [][]channels.Button) *models.ReplyKeyboardMarkup {
	made := make([][]models.KeyboardButton, len(rows))
	for i, row := range rows {
		made[i] = make([]models.KeyboardButton, len(row))
		for j, b := range row {
			made[i][j] = models.KeyboardButton{Text: b.Label, RequestContact: b.Phone}
		}
	}
	return &models.ReplyKeyboardMarkup{Keyboard: made, ResizeKeyboard: true, OneTimeKeyboard: true}
}

// settled are refusals to change a message that is as it should be, or that nobody sees any more.
var settled = []string{"message is not modified", "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"}

// close takes the buttons off the messages of a receipt.
func (d *delivery) close(ctx context.Context, receipt string) error {
	for _, id := range wire.SplitIDs[int](receipt) {
		if err := d.edit(ctx, id, nil); err != nil {
			return err
		}
	}
	return nil
}

// redraw puts each page of changed buttons under its message of the receipt; where there is none any more, the
// buttons go.
func (d *delivery) redraw(ctx context.Context, receipt string, pages []channels.Shown) error {
	for ids := wire.SplitIDs[int](receipt); d.done < len(ids); d.done++ {
		var markup models.ReplyMarkup
		if d.done < len(pages) {
			markup = inline(pages[d.done].Rows)
		}
		if err := d.edit(ctx, ids[d.done], markup); err != nil {
			return err
		}
	}
	return nil
}

func (d *delivery) edit(ctx context.Context, id int, markup models.ReplyMarkup) error {
	d.calls++
	err := d.client.call(ctx, "editMessageReplyMarkup", &bot.EditMessageReplyMarkupParams{ChatID: d.chat, MessageID: id, ReplyMarkup: markup}, nil)
	if refusedWith(err, settled...) {
		return nil
	}
	return err
}

// opens tells whether a button may open the link: Telegram wants a full address, and refuses the whole message
// for any other.
func opens(link string) bool {
	return strings.HasPrefix(link, "tg://") || wire.IsFull(link)
}
