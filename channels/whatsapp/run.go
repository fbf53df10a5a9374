package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/store"
)

const (
	callWithin    = 15 * time.Second
	lookForDevice = 3 * time.Second // another process may link one, or unlink it
	firstPause    = 200 * time.Millisecond
	longestPause  = 15 * time.Second
)

// Run waits until a device is linked, receives as that device, and reconnects by itself, until ctx ends. What WhatsApp
// forbids for a time it does not try before that is over.
func (w *WhatsApp) Run(ctx context.Context, in channels.Sink) error {
	w.health.start(w.options.Now())
	defer func() { w.health.end() }()
	w.refreshVersion(ctx)
	for ctx.Err() == nil {
		if err := w.sitOut(ctx); err != nil {
			break
		}
		device, err := w.awaitDevice(ctx)
		if err != nil {
			break
		}
		if t := w.serve(ctx, device, in); t != nil {
			w.options.Log.ErrorContext(ctx, "whatsapp stopped", "code", t.code, "error", t.advice)
			w.health.stop(t)
			w.recover(ctx, t, device)
		}
	}
	return ctx.Err()
}

// awaitDevice looks into the session until there is a linked device, and nobody is just linking it.
func (w *WhatsApp) awaitDevice(ctx context.Context) (*store.Device, error) {
	for {
		device, err := w.linked(ctx)
		if err != nil {
			w.health.failed(err)
			w.options.Log.WarnContext(ctx, "whatsapp session cannot be read", "error", err)
		} else if device != nil {
			return device, nil
		} else {
			w.health.unlinked()
		}
		if err := w.options.Pause(ctx, lookForDevice); err != nil {
			return nil, err
		}
	}
}

func (w *WhatsApp) linked(ctx context.Context) (*store.Device, error) {
	busy, err := w.options.Memory.Recall(ctx, memoryLinking)
	if err != nil || busy != "" {
		return nil, err
	}
	return w.session.device(ctx)
}

// serve is the device's life in this process: connections one after the other. It ends with ctx (nil), or when
// something happened after which another connection would be refused, or would do harm.
func (w *WhatsApp) serve(ctx context.Context, device *store.Device, in channels.Sink) *trouble {
	l := w.newLine(ctx, device, in)
	w.line.Store(l)
	defer func() {
		w.line.Store(nil)
		l.close()
	}()
	for tries := 0; ; tries++ {
		err := l.connect()
		if err == nil {
			select {
			case t := <-l.stopped:
				return t
			case <-ctx.Done():
				return nil
			case <-l.broken:
			}
			if l.up.Swap(false) {
				tries = 0
			}
		}
		l.client.Disconnect()
		w.health.down(w.options.Now(), err)
		if w.options.Pause(ctx, min(firstPause<<min(tries, 10), longestPause)) != nil {
			return nil
		}
	}
}

// recover waits until it makes sense to begin again after t, and mends what can be mended.
func (w *WhatsApp) recover(ctx context.Context, t *trouble, device *store.Device) {
	err := ctx.Err()
	switch t.code {
	case codeUnlinked:
		err = w.session.forget(ctx, t.device)
	case codeReplaced:
		err = w.awaitChange(ctx, t)
	case codeBanned:
		err = w.options.Memory.Remember(ctx, memoryBan, t.until.Format(time.RFC3339)+" "+t.reason, t.until)
	case codeOutdated:
		if !w.refreshVersion(ctx) {
			err = w.options.Pause(ctx, refusedPause)
		}
	case codeGone: // we gave it up ourselves
	default:
		err = w.options.Pause(ctx, refusedPause)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		w.options.Log.WarnContext(ctx, "whatsapp cannot note that it stopped", "code", t.code, "error", err)
		_ = w.options.Pause(ctx, lookForDevice) // the loop sees that ctx ended
	}
}

// awaitChange leaves the session to whoever took it, until another device is linked than the one we were.
func (w *WhatsApp) awaitChange(ctx context.Context, t *trouble) error {
	for {
		device, err := w.session.device(ctx)
		if err == nil && (device == nil || *device.ID != t.device) {
			return nil
		}
		if err := w.options.Pause(ctx, lookForDevice); err != nil {
			return err
		}
	}
}

// sitOut waits for the end of a ban, of which another process may have heard.
func (w *WhatsApp) sitOut(ctx context.Context) error {
	for {
		said, err := w.options.Memory.Recall(ctx, memoryBan)
		if err != nil {
			w.health.failed(fmt.Errorf("recalling a ban: %w", err))
			if err := w.options.Pause(ctx, lookForDevice); err != nil {
				return err
			}
			continue
		}
		t := recallBan(said)
		left := t.left(w.options.Now())
		if left <= 0 {
			return nil
		}
		w.health.stop(t)
		if err := w.options.Pause(ctx, left); err != nil {
			return err
		}
	}
}
