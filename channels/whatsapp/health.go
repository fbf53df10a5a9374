package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// brokenFor is how long a connection may be away: the network's servers restart, and nobody need act.
const brokenFor = 30 * time.Second

// health is what is known of the device.
type health struct {
	mu        sync.Mutex
	running   bool
	connected bool
	since     time.Time // when that became so
	noDevice  bool
	stopped   *trouble // until a connection works again
	err       error    // of the last try
	shut      time.Time
}

func (h *health) set(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

func (h *health) start(now time.Time) {
	h.set(func() { h.running, h.connected, h.since, h.stopped, h.err = true, false, now, nil, nil })
}

func (h *health) end() {
	h.set(func() { h.running, h.connected, h.noDevice, h.stopped, h.err = false, false, false, nil, nil })
}

func (h *health) up(now time.Time) {
	h.set(func() { h.connected, h.since, h.noDevice, h.stopped, h.err = true, now, false, nil, nil })
}

func (h *health) down(now time.Time, err error) {
	h.set(func() {
		if h.connected {
			h.connected, h.since = false, now
		}
		h.noDevice, h.err = false, err
	})
}

func (h *health) stop(t *trouble)  { h.set(func() { h.connected, h.stopped = false, t }) }
func (h *health) unlinked()        { h.set(func() { h.noDevice, h.err = true, nil }) }
func (h *health) failed(err error) { h.set(func() { h.err = err }) }

// locked: WhatsApp lets nobody new be written to until then.
func (h *health) locked(until time.Time) { h.set(func() { h.shut = until }) }

func (h *health) runs() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.running
}

// state is why nothing can be sent, if so.
func (h *health) state() (running, unlinked bool, stopped *trouble) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.running, h.noDevice, h.stopped
}

var errUnlinked = errors.New("no phone is linked to WhatsApp: link the clinic's with `careline link whatsapp`")

// Healthy tells what to do when messages do not come or go. A process in which the device is not is healthy.
func (w *WhatsApp) Healthy(context.Context) error {
	h, now := &w.health, w.options.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case !h.running:
		return nil
	case h.stopped != nil:
		return h.stopped.failure(now)
	case h.noDevice:
		return noDevice
	case !h.connected && now.Sub(h.since) > brokenFor && h.err != nil:
		return fmt.Errorf("no connection to WhatsApp since %s; check the network: %w", h.since.UTC().Format(time.RFC3339), h.err)
	case !h.connected && now.Sub(h.since) > brokenFor:
		return fmt.Errorf("no connection to WhatsApp since %s; check the network", h.since.UTC().Format(time.RFC3339))
	case h.shut.After(now):
		return fmt.Errorf("WhatsApp does not let the clinic begin conversations until %s (463): answers go; campaigns there have to be fewer", h.shut.UTC().Format(time.RFC3339))
	}
	return nil
}
