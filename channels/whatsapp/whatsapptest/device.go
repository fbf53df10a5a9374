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
	conn     *session      // nil = offline
	active   bool          // ready to receive
	linking  chan struct{} // closed when the phone is done with it; nil = it was linked by a code
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
	d.s.stir()
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
		d.s.stir()
	}
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
