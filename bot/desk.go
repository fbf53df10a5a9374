package bot

import (
	"context"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// AtDesk does to a chat what an administrator does there: reply with the text, return it to the bot, close.
// store.ErrNotFound when nobody has written from the address.
func (b *Bot) AtDesk(ctx context.Context, to channels.Address, do desk.Do, text string) error {
	return b.Store.Tx(ctx, func(tx store.Tx) error {
		contact, err := tx.ContactAt(ctx, string(to.Channel), to.Chat)
		if err != nil {
			return err
		}
		return desk.Submit(ctx, tx, contact.ID, b.IDs(), desk.Turn{Do: do, Author: "administrator", Text: text}, b.Clock.Now())
	})
}
