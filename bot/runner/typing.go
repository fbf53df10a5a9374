package runner

import (
	"context"
	"time"

	"careline/channels"
	"careline/dialogs"
)

const typingWithin = 5 * time.Second

// listens reports whether the person has written and the bot waits for more before it answers: somebody who
// tells a story in several messages sees that they are heard.
func (c *chat) listens() bool {
	return c.contact != nil && c.heard && len(c.said) == 0 && c.conversation.Owner == dialogs.Bot && !c.wake.IsZero()
}

// showTyping is a courtesy: it waits for nobody and its failure is nothing to tell.
func (r *Runner) showTyping(to []channels.Address) {
	for _, address := range to {
		l := r.sender.lanes[string(address.Channel)]
		if l == nil {
			continue // a messenger that was turned off
		}
		if typer, ok := l.channel.(channels.Typer); ok {
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), typingWithin)
				defer cancel()
				_ = typer.Typing(ctx, address)
			}()
		}
	}
}
