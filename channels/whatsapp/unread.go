package whatsapp

import (
	"context"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types/events"
)

// unread are messages that could not be decrypted and that the library has asked the sender's phone for again.
type unread struct {
	mu      sync.Mutex
	waiting map[string]context.CancelFunc // by message
}

func (u *unread) came(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if cancel := u.waiting[id]; cancel != nil {
		cancel()
		delete(u.waiting, id)
	}
}

// await tells whether the message is still not there when it should be.
func (u *unread) await(ctx context.Context, id string, pause func(context.Context, time.Duration) error) (missing bool) {
	u.mu.Lock()
	if u.waiting[id] != nil {
		u.mu.Unlock()
		return false // another waits for it
	}
	arrived, cancel := context.WithCancel(ctx)
	defer cancel()
	u.waiting[id] = cancel
	u.mu.Unlock()
	_ = pause(arrived, graceFor)
	u.mu.Lock()
	defer u.mu.Unlock()
	missing = u.waiting[id] != nil // also when ctx ended: nobody else will know of it
	delete(u.waiting, id)
	return missing
}

// undecryptable waits for the phone to send the message again, and then tells the dialog of something that cannot be
// read, under an id of its own: the message may still come. The library has acknowledged it already. Of what is only
// on the phone by intent, such as a photo to be seen once, it tells at once.
func (l *line) undecryptable(e *events.UndecryptableMessage) {
	if !l.isTalk(&e.Info) || e.Info.IsFromMe || e.DecryptFailMode == events.DecryptFailHide {
		return
	}
	kind := unreadable
	if e.UnavailableType == events.UnavailableTypeViewOnce {
		kind = "view_once"
	}
	l.aside(func() {
		if kind == unreadable && !l.unread.await(l.ctx, e.Info.ID, l.options.Pause) {
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(l.ctx), callWithin)
		defer cancel()
		in, err := l.envelope(ctx, &e.Info)
		if err == nil {
			in.ID, in.Other = in.ID+"-"+unreadable, kind
			err = l.sink.Accept(ctx, in)
		}
		if err != nil {
			l.options.Log.WarnContext(ctx, "whatsapp message that cannot be read was not stored", "error", err)
		}
	})
}
