package bot

import (
	"context"
	"sync"
	"time"

	"careline/channels"

	"golang.org/x/sync/errgroup"
)

// restartAfter is the pause before a messenger that broke is started again.
const restartAfter = time.Second

// work runs the channels and the runner. The runner outlives the channels, so that what they took is stepped.
func (b *Bot) work(ctx context.Context) error {
	b.working.Store(true)
	defer context.AfterFunc(ctx, func() { b.working.Store(false) })()
	var g errgroup.Group
	g.Go(func() error { return b.Runner.Run(ctx) })
	if b.demo != nil {
		g.Go(func() error { return b.demo.Run(ctx) })
	}
	for _, c := range b.Channels {
		g.Go(func() error {
			b.channel(ctx, c)
			return nil
		})
		if h, ok := c.(channels.Health); ok {
			g.Go(func() error {
				b.attend(ctx, c, h)
				return nil
			})
		}
		if i, ok := c.(channels.Introducer); ok { // here, too, when another process runs it: chats are stepped by all
			g.Go(func() error {
				i.Introduce(ctx)
				return nil
			})
		}
	}
	return g.Wait()
}

// channel runs one messenger; one that only one process may run, while it is this one.
func (b *Bot) channel(ctx context.Context, c channels.Channel) {
	if l := b.leases[c.ID()]; l != nil {
		l.While(ctx, func(ctx context.Context) { b.receive(ctx, c) })
		return
	}
	b.receive(ctx, c)
}

// receive starts a messenger again when it breaks: one that fails takes no other with it.
func (b *Bot) receive(ctx context.Context, c channels.Channel) {
	var aside sync.WaitGroup
	defer aside.Wait()
	aside.Go(func() { b.forgets(ctx, c) })
	for ctx.Err() == nil {
		err := c.Run(ctx, b.Runner)
		if ctx.Err() != nil {
			return
		}
		b.Log.Error("channel stopped, starting again", "channel", c.ID(), "error", err)
		pause(ctx, restartAfter)
	}
}
