package page

import "context"

// Tell wakes the open pages of this process that watch one of the keys, for what the store gives no signal of.
func (l *Live) Tell(keys ...string) {
	changed := make(map[string]bool, len(keys))
	for _, key := range keys {
		changed[key] = true
	}
	l.tell(changed)
}

// Outlive is a context for work that goes on when the request which began it is over. It ends with the program, or by stop.
func (l *Live) Outlive(ctx context.Context) (longer context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	lives := l.Watch(ctx)
	go func() {
		defer cancel()
		for range lives { // nothing is watched: it only ends
		}
	}()
	return ctx, cancel
}
