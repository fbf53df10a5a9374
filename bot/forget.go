package bot

import (
	"context"
	"time"

	"careline/channels"
	"careline/store"
)

// forgetsEvery is how long a channel may keep what it has of a person who was erased.
const forgetsEvery = time.Minute

// forgets lets a channel forget who was erased, as long as it runs here; what fails is tried again.
func (b *Bot) forgets(ctx context.Context, c channels.Channel) {
	for ctx.Err() == nil {
		if err := b.forget(ctx, c); err != nil && ctx.Err() == nil {
			b.Log.Warn("channel has not forgotten who was erased", "channel", c.ID(), "error", err)
		}
		pause(ctx, forgetsEvery)
	}
}

func (b *Bot) forget(ctx context.Context, c channels.Channel) error {
	var chats []string
	err := b.Store.Read(ctx, func(tx store.Tx) (err error) {
		chats, err = tx.Erased(ctx, string(c.ID()))
		return err
	})
	if err != nil {
		return err
	}
	for _, chat := range chats {
		if f, ok := c.(channels.Forgetter); ok {
			if err := f.Forget(ctx, channels.Address{Channel: c.ID(), Chat: chat}); err != nil {
				return err
			}
		}
		if err := b.Store.Tx(ctx, func(tx store.Tx) error { return tx.Forgotten(ctx, string(c.ID()), chat) }); err != nil {
			return err
		}
	}
	return nil
}
