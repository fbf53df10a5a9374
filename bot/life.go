package bot

import (
	"context"
	"sync"
	"time"

	"careline/store"
)

// remembered is how long a lease that is over is still shown to whoever looks for what happened.
const remembered = time.Hour

// live runs do while the other processes know that this one lives: what it has claimed to send is its own. When it
// dies, they take that over as soon as its lease is over.
func (b *Bot) live(ctx context.Context, do func() error) error {
	known := make(chan struct{})
	var once sync.Once
	living, die := context.WithCancel(context.WithoutCancel(ctx)) // until do has returned, which may be after ctx
	var life sync.WaitGroup
	life.Go(func() {
		b.life.While(living, func(held context.Context) {
			once.Do(func() { close(known) })
			b.inherit(held)
			if living.Err() == nil { // lost, though perhaps won again in a moment
				b.Runner.Disown()
			}
		})
	})
	defer life.Wait()
	defer die()
	select {
	case <-known:
		return do()
	case <-ctx.Done():
		return nil
	}
}

// alive reports whether what this process has claimed is its own. One that does not Run shares its store with nobody.
func (b *Bot) alive() bool { return !b.running.Load() || b.life.Held() }

// inherit takes over what dead processes had claimed, again and again.
func (b *Bot) inherit(ctx context.Context) {
	for ; ctx.Err() == nil; pause(ctx, b.life.look) {
		if b.life.inARow.Load() < steady {
			continue
		}
		n := 0
		err := b.Store.Tx(ctx, func(tx store.Tx) error {
			now, err := tx.Now(ctx)
			if err != nil {
				return err
			}
			if n, err = tx.Reclaim(ctx, now); err != nil {
				return err
			}
			return tx.Lapse(ctx, now.Add(-remembered))
		})
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			b.Log.Error("taking over from dead processes", "error", err)
		case n > 0:
			b.Log.Info("took over from a dead process", "messages", n)
		}
	}
}
