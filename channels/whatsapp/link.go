package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

const (
	linkWithin  = 10 * time.Minute
	typedWithin = 160 * time.Second // then the network ends the connection
	loginWithin = 30 * time.Second
)

var errTimeout = errors.New("no code was entered in time")

// Account implements channels.Linker.
func (w *WhatsApp) Account(ctx context.Context) (string, error) {
	device, err := w.session.device(ctx)
	if err != nil || device == nil {
		return "", err
	}
	return e164(device.ID.ToNonAD()), nil
}

// Link implements channels.Linker. A linked account stays as it is. Whoever runs the channel waits until the new
// device has logged in for the first time, which is done here: the phone expects it at once.
func (w *WhatsApp) Link(ctx context.Context, phone string, show func(channels.LinkCode)) (string, error) {
	w.linking.Lock()
	defer w.linking.Unlock()
	if account, err := w.Account(ctx); err != nil || account != "" {
		return account, err
	}
	if phone == "" || phoneShape.MatchString(phone) {
		ctx, cancel := context.WithTimeout(ctx, linkWithin)
		defer cancel()
		if err := w.options.Memory.Remember(ctx, memoryLinking, "yes", w.options.Now().Add(linkWithin)); err != nil {
			return "", fmt.Errorf("noting that a device is being linked: %w", err)
		}
		defer func() { _ = w.options.Memory.Remember(context.WithoutCancel(ctx), memoryLinking, "", time.Time{}) }()
		w.refreshVersion(ctx)
		for {
			if err := w.pair(ctx, phone, show); err == nil {
				return w.Account(ctx)
			} else if !errors.Is(err, errTimeout) || ctx.Err() != nil {
				return "", err
			}
		}
	}
	return "", errors.New("the phone has to look like +79991234567")
}

// pair shows the codes of one connection until one is entered, and logs in as the new device.
func (w *WhatsApp) pair(ctx context.Context, phone string, show func(channels.LinkCode)) error {
	c, err := w.session.open(ctx)
	if err != nil {
		return err
	}
	client := w.newClient(c.NewDevice())
	client.BackgroundEventCtx = ctx
	client.EnableAutoReconnect = false
	wrong := make(chan struct{}, 1)
	client.PrePairCallback = func(jid types.JID, _, _ string) bool {
		if w.options.Phone == "" || e164(jid.ToNonAD()) == w.options.Phone {
			return true
		}
		wrong <- struct{}{}
		return false
	}
	in := make(chan struct{}, 8)
	client.AddEventHandler(func(event any) {
		if _, ok := event.(*events.Connected); ok {
			in <- struct{}{}
		}
	})
	codes, err := client.GetQRChannel(ctx)
	if err != nil {
		return fmt.Errorf("asking for codes: %w", err)
	}
	if err := dial(ctx, client); err != nil {
		return err
	}
	defer client.Disconnect()
	if err := w.showCodes(ctx, client, phone, codes, show); err != nil {
		select {
		case <-wrong:
			return errors.New("that is another account than the clinic's: scan the code with the phone whose number the settings name")
		default:
			return err
		}
	}
	return w.firstLogin(ctx, in)
}

func (w *WhatsApp) showCodes(ctx context.Context, client *whatsmeow.Client, phone string, codes <-chan whatsmeow.QRChannelItem, show func(channels.LinkCode)) error {
	asked := false
	for item := range codes {
		switch item.Event {
		case whatsmeow.QRChannelEventCode:
			if phone == "" {
				show(channels.LinkCode{QR: item.Code, Until: w.options.Now().Add(item.Timeout)})
			} else if !asked {
				asked = true
				typed, err := client.PairPhone(ctx, phone, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
				if err != nil {
					return fmt.Errorf("asking for a code to type: %w", lost(err))
				}
				show(channels.LinkCode{Typed: typed, Until: w.options.Now().Add(typedWithin)})
			}
		case whatsmeow.QRChannelSuccess.Event:
			return nil
		case whatsmeow.QRChannelTimeout.Event:
			return errTimeout
		case whatsmeow.QRChannelClientOutdated.Event:
			return errors.New("WhatsApp refuses this version of careline's client (405): update careline")
		case whatsmeow.QRChannelScannedWithoutMultidevice.Event: // the same code may be scanned again
		default:
			return errors.New("WhatsApp did not link the device: try again")
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return errTimeout
}

func (w *WhatsApp) firstLogin(ctx context.Context, in <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, loginWithin)
	defer cancel()
	select {
	case <-in:
		return nil
	case <-ctx.Done():
		return errors.New("the phone has linked the device, but it could not log in: unlink it there and try again")
	}
}

// Unlink implements channels.Linker. The phone is told, if it can be reached; the keys are forgotten in any case.
func (w *WhatsApp) Unlink(ctx context.Context) error {
	w.linking.Lock()
	defer w.linking.Unlock()
	device, err := w.session.device(ctx)
	if err != nil || device == nil {
		return err
	}
	id := *device.ID // the library clears its own
	if l := w.line.Load(); l != nil && l.device == id {
		if err := l.client.Logout(ctx); err != nil {
			return lost(err)
		}
		l.stop(&trouble{code: codeGone, advice: errUnlinked.Error()})
		return nil
	}
	if err := w.logOut(ctx, device); err != nil {
		return err
	}
	return w.session.forget(ctx, id)
}

// logOut logs in only to log out; a device that is refused is unlinked already.
func (w *WhatsApp) logOut(ctx context.Context, device *store.Device) error {
	client := w.newClient(device)
	client.EnableAutoReconnect = false
	client.BackgroundEventCtx = ctx
	in := make(chan error, 8)
	client.AddEventHandler(func(event any) {
		switch event.(type) {
		case *events.Connected:
			in <- nil
		case *events.LoggedOut:
			in <- errUnlinked
		}
	})
	if err := dial(ctx, client); err != nil {
		return err
	}
	defer client.Disconnect()
	ctx, cancel := context.WithTimeout(ctx, loginWithin)
	defer cancel()
	select {
	case err := <-in:
		if err != nil {
			return nil
		}
	case <-ctx.Done():
		return lost(ctx.Err())
	}
	if err := client.Logout(ctx); err != nil {
		return lost(err)
	}
	return nil
}
