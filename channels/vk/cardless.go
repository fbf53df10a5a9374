package vk

import (
	"context"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

// cardlessFor is how long we think that the person still uses the program that shows no cards.
const cardlessFor = 24 * time.Hour

// noteCardless remembers whose program shows no cards: in place of them it shows nothing, and a question would stand
// there without its answers.
func (v *VK) noteCardless(ctx context.Context, batch []*received) {
	for _, r := range batch {
		if !r.cardless {
			continue
		}
		if err := v.options.Memory.Remember(ctx, cardlessName(r.in.From), "1", v.options.Now().Add(cardlessFor)); err != nil {
			v.options.Log.WarnContext(ctx, "vk client without cards is not remembered", "chat", r.in.From.Chat, "error", err)
		}
	}
}

func cardlessName(a channels.Address) string { return "cardless:" + a.Chat }

// render is what VK shows of a message in this chat: with cards only where they are seen.
func (v *VK) render(ctx context.Context, to channels.Address, m channels.Outgoing) []channels.Shown {
	m = wire.Openable(m, wire.IsFull) // VK refuses the whole message for a button with another link
	shown := channels.Render(m, v.caps, v.options.Words)
	for _, s := range shown {
		if len(s.Cards) == 0 {
			continue
		}
		if cardless, err := v.options.Memory.Recall(ctx, cardlessName(to)); err == nil && cardless == "" {
			return shown
		}
		caps := v.caps
		caps.Cards = 0
		return channels.Render(m, caps, v.options.Words)
	}
	return shown
}
