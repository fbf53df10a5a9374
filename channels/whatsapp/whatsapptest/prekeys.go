package whatsapptest

import (
	"context"
	"errors"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// first is how many one-time keys a device has uploaded that was linked some time ago.
const first = 50

// stock uploads the first one-time keys of a device without its client.
func (d *device) stock(ctx context.Context, dev *store.Device) error {
	made, err := dev.PreKeys.GetOrGenPreKeys(ctx, first)
	if err != nil {
		return err
	}
	var oneTime []publicKey
	for _, k := range made {
		oneTime = append(oneTime, publicKey{id: k.KeyID, key: *k.Pub})
	}
	d.refill(d.keys, oneTime)
	return dev.PreKeys.MarkPreKeysAsUploaded(ctx, made[len(made)-1].KeyID)
}

// keys takes the prekeys that the client uploads.
func (c *session) keys(n *waBinary.Node) {
	keys, oneTime, err := parseBundle(n.GetChildren())
	if err == nil && keys.identity != c.dev.keys.identity {
		err = errors.New("prekeys of another identity")
	}
	if err != nil {
		c.s.odd(err.Error())
		c.fail(n, 406, "not-acceptable")
		return
	}
	c.dev.refill(keys, oneTime)
	c.result(n)
}

// refill takes new keys of the device; its identity is for life.
func (d *device) refill(keys bundle, oneTime []publicKey) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	d.keys.registration, d.keys.signed = keys.registration, keys.signed
	d.oneTime = append(d.oneTime, oneTime...)
	d.s.stir()
}

// few is when the network asks a device for more one-time keys.
const few = 5

// bundle hands out each one-time key once.
func (d *device) bundle() bundle {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	b := d.keys
	if len(d.oneTime) > 0 {
		b.oneTime, d.oneTime = &d.oneTime[0], d.oneTime[1:]
		if len(d.oneTime) == few-1 {
			d.low()
		}
	}
	return b
}

// low tells the device how many one-time keys are left.
func (d *device) low() {
	d.deliver(waBinary.Node{Tag: "notification", Attrs: waBinary.Attrs{
		"from": types.ServerJID, "id": d.s.nextID(), "type": "encrypt", "t": d.s.o.Now().Unix(),
	}, Content: []waBinary.Node{{Tag: "count", Attrs: waBinary.Attrs{"value": len(d.oneTime)}}}})
}

// UseUpKeys takes the linked devices' one-time keys away and tells them.
func (s *Server) UseUpKeys() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.own.linked {
		d.oneTime = nil
		d.low()
	}
}

// bundles is the prekeys of phones and of other linked devices.
func (s *Server) bundles(asked []waBinary.Node) (list []waBinary.Node) {
	for _, a := range asked {
		jid, _ := a.Attrs["jid"].(types.JID)
		answer := waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": jid}}
		u := s.find(jid)
		switch {
		case u != nil && jid.Device == 0:
			answer.Content = u.bundle().content()
		case u == s.own.user && s.linked(jid.Device) != nil:
			answer.Content = s.linked(jid.Device).bundle().content()
		default:
			answer.Content = []waBinary.Node{{Tag: "error", Attrs: waBinary.Attrs{"code": 404, "text": "item-not-found"}}}
		}
		list = append(list, answer)
	}
	return list
}

func (s *Server) linked(number uint16) *device {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.own.device(number)
}
