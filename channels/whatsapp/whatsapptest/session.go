package whatsapptest

import (
	"errors"
	"sync"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// farewell is between the last word of the server and the end of the connection.
const farewell = 50 * time.Millisecond

// session is one connection of one client.
type session struct {
	wire
	s   *Server
	dev *device // nil before login

	pairing pairing // of a client without an account

	out   sync.Mutex
	queue []waBinary.Node
	last  bool // nothing comes after what is queued
	wake  chan struct{}
	gone  chan struct{}
	once  sync.Once
}

var errRefused = errors.New("login refused")

func (c *session) serve() {
	payload, static, err := c.handshake(c.s.proof)
	if err != nil {
		return
	}
	go c.write()
	if reg := payload.GetDevicePairingData(); reg != nil {
		err = c.offer(reg, static)
	} else {
		err = c.login(payload, static)
	}
	if err != nil && !errors.Is(err, errRefused) {
		c.s.odd(err.Error())
		return
	}
	for {
		n, err := c.readNode()
		if err != nil {
			return
		}
		if c.s.o.Trace != nil {
			c.s.o.Trace("<", n.String())
		}
		if c.dev != nil {
			c.handle(n)
		} else {
			c.stranger(n)
		}
	}
}

// send never waits: a client that went away comes back for what it has missed.
func (c *session) send(n waBinary.Node) {
	c.out.Lock()
	if !c.last {
		c.queue = append(c.queue, n)
	}
	c.out.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// hangUp tells the client why, leaves it a moment to read that, and cuts.
func (c *session) hangUp(why waBinary.Node) {
	c.send(why)
	c.out.Lock()
	c.last = true
	c.out.Unlock()
	time.AfterFunc(farewell, c.cut)
}

func (c *session) cut() {
	c.once.Do(func() { close(c.gone) })
	_ = c.ws.CloseNow()
}

func (c *session) write() {
	var batch []waBinary.Node
	for {
		select {
		case <-c.wake:
		case <-c.gone:
			return
		}
		c.out.Lock()
		batch, c.queue = c.queue, batch[:0]
		c.out.Unlock()
		for _, n := range batch {
			if c.s.o.Trace != nil {
				c.s.o.Trace(">", n.String())
			}
			if err := c.writeNode(n); err != nil {
				c.cut()
				return
			}
		}
	}
}

func (c *session) result(n *waBinary.Node, content ...waBinary.Node) {
	reply := waBinary.Node{Tag: "iq", Attrs: waBinary.Attrs{"from": types.ServerJID, "type": "result", "id": n.Attrs["id"]}}
	if len(content) > 0 {
		reply.Content = content
	}
	c.send(reply)
}

func (c *session) fail(n *waBinary.Node, code int, reason string) {
	c.send(waBinary.Node{
		Tag:     "iq",
		Attrs:   waBinary.Attrs{"from": types.ServerJID, "type": "error", "id": n.Attrs["id"]},
		Content: []waBinary.Node{{Tag: "error", Attrs: waBinary.Attrs{"code": code, "text": reason}}},
	})
}

func streamError(code, conflict string) waBinary.Node {
	n := waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{}}
	if code != "" {
		n.Attrs["code"] = code
	}
	if conflict != "" {
		n.Content = []waBinary.Node{{Tag: "conflict", Attrs: waBinary.Attrs{"type": conflict}}}
	}
	return n
}
