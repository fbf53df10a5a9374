package bot

import (
	"context"

	"careline/bot/booking"
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

// AtVisit says of a visit what an administrator says: arrived, fulfilled, noshow, cancelled. Errors as
// booking.Reception.Report.
func (b *Bot) AtVisit(ctx context.Context, visit, status string) error {
	reception := &booking.Reception{Clinic: b.Folder.Clinic, IDs: b.IDs}
	return b.Store.Tx(ctx, func(tx store.Tx) error {
		said := booking.Outcome{Visit: booking.Ref{ID: visit}, Status: status}
		_, _, err := reception.Report(ctx, tx, booking.Matter{Staff: true}, said, b.Clock.Now())
		return err
	})
}
