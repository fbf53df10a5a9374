package whatsapptest

import (
	"maps"
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// device is a linked device as the network knows it: its public keys, and what it has yet to acknowledge. It is
// guarded by the server's lock.
type device struct {
	s        *Server
	jid, lid types.JID
	noise    [32]byte // the key that it must log in with
	keys     bundle
	oneTime  []publicKey
	conn     *session // nil = offline
	active   bool     // ready to receive
	pending  []waBinary.Node
	held     *waBinary.Node // overtaken by the next message
	proven   []byte         // the signed identity that was found good
}

// deliver keeps the stanza until the device acknowledges it, so that what is lost with a connection arrives on the
// next.
func (d *device) deliver(n waBinary.Node) {
	d.pending = append(d.pending, n)
	d.push(n)
	d.release()
}

func (d *device) push(n waBinary.Node) {
	if d.active {
		d.conn.send(n)
	}
}

// release sends what the stanza before has overtaken.
func (d *device) release() {
	if d.held != nil {
		n := *d.held
		d.held = nil
		d.push(n)
	}
}

// activate sends what has waited and begins live delivery.
func (d *device) activate(c *session) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if d.conn != c || d.active {
		return
	}
	d.active, d.held = true, nil
	count := len(d.pending)
	if count > 0 {
		c.send(waBinary.Node{Tag: "ib", Content: []waBinary.Node{{Tag: "offline_preview", Attrs: waBinary.Attrs{
			"count": count, "message": count, "appdata": 0, "notification": 0, "receipt": 0,
		}}}})
	}
	for _, n := range d.pending {
		n.Attrs = maps.Clone(n.Attrs)
		n.Attrs["offline"] = "0"
		c.send(n)
	}
	c.send(waBinary.Node{Tag: "ib", Content: []waBinary.Node{{Tag: "offline", Attrs: waBinary.Attrs{"count": count}}}})
}

// settle forgets a stanza that the device has acknowledged.
func (d *device) settle(tag, id, kind string) {
	i := slices.IndexFunc(d.pending, func(n waBinary.Node) bool {
		return n.Attrs["id"] == id && n.Tag == tag && (tag != "receipt" || text(n.Attrs["type"]) == kind)
	})
	if i >= 0 {
		d.pending = slices.Delete(d.pending, i, i+1)
	}
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

// Keys is how many one-time keys the network has of the linked devices.
func (s *Server) Keys() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.own.linked {
		n += len(d.oneTime)
	}
	return n
}

// Pending is how many stanzas the linked devices have not acknowledged.
func (s *Server) Pending() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.own.linked {
		n += len(d.pending)
	}
	return n
}

// text reads what may have come as a string or as bytes.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}
