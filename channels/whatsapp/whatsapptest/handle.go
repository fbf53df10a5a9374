package whatsapptest

import (
	"errors"
	"time"

	"go.mau.fi/libsignal/signalerror"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// handle serves a stanza of a client that has logged in.
func (c *session) handle(n *waBinary.Node) {
	s, kind := c.s, text(n.Attrs["type"])
	switch n.Tag {
	case "presence", "ib":
		s.count(n.Tag)
	case "iq":
		if kind == "get" || kind == "set" {
			c.query(n)
		}
	case "message":
		c.message(n)
	case "receipt":
		c.receipt(n, kind)
	case "ack":
		s.mu.Lock()
		if code := text(n.Attrs["error"]); code != "" {
			s.counts["nack:"+code]++
		}
		c.dev.settle(text(n.Attrs["class"]), text(n.Attrs["id"]), kind)
		s.mu.Unlock()
	case "chatstate":
		to, _ := n.Attrs["to"].(types.JID)
		if u := s.find(to); u != nil && len(n.GetChildren()) == 1 && n.GetChildren()[0].Tag == "composing" {
			s.mu.Lock()
			u.chat.typing++
			u.chat.stir()
			s.mu.Unlock()
		}
	default:
		s.odd(n.Tag + " " + kind)
	}
}

func (s *Server) count(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[what]++
}

// message passes the client's message to the phones that it was encrypted for, and acknowledges it.
func (c *session) message(n *waBinary.Node) {
	ack := waBinary.Node{Tag: "ack", Attrs: waBinary.Attrs{
		"class": "message", "id": n.Attrs["id"], "from": n.Attrs["to"], "t": c.s.o.Now().Unix(),
	}}
	to, _ := n.Attrs["to"].(types.JID)
	if n.Attrs["category"] == "peer" { // between the devices of one account; no rule of sending holds for it
		c.send(ack)
		c.route(to, n, n.GetChildByTag("enc"))
		return
	}
	f, delay := c.s.fault("message", to.User)
	switch f.kind {
	case refused:
		ack.Attrs["error"] = f.code
		c.send(ack)
		return
	case lost:
		return
	case resetBefore:
		c.cut()
		return
	case unlinked:
		c.s.own.Unlink()
		return
	case none:
		if delay == 0 {
			c.send(ack) // ahead of the delivery, so that the client goes on
		} else {
			time.AfterFunc(delay, func() { c.send(ack) })
		}
	}
	if participants, ok := n.GetOptionalChildByTag("participants"); ok {
		for _, to := range participants.GetChildren() {
			jid, _ := to.Attrs["jid"].(types.JID)
			c.route(jid, n, to.GetChildByTag("enc"))
		}
	} else {
		c.route(to, n, n.GetChildByTag("enc"))
	}
	if f.kind == resetAfter {
		c.cut()
	}
}

func (c *session) route(to types.JID, n *waBinary.Node, enc waBinary.Node) {
	c.s.mu.Lock()
	u := c.s.users[to.User]
	left := u != nil && u.gone
	c.s.mu.Unlock()
	switch {
	case u == nil || to.Device != 0:
		c.s.odd("message to " + to.String() + ", who was never on WhatsApp")
	case !left: // else nobody is told
		u.receive(c.dev, n, enc)
	}
}

// receive is a message that comes to a phone.
func (u *user) receive(from *device, n *waBinary.Node, enc waBinary.Node) {
	s, id := u.s, text(n.Attrs["id"])
	u.mu.Lock()
	plain, err := u.keys.decrypt(from.lid, enc)
	u.mu.Unlock()
	switch {
	case errors.Is(err, signalerror.ErrOldCounter):
		s.count("repeat:stanza")
		return
	case err != nil:
		u.askAgain(from, id)
		return
	}
	if enc.Attrs["type"] == "pkmsg" {
		if err := s.own.check(from, bytesOf(*n, "device-identity")); err != nil {
			s.odd("message: " + err.Error())
		}
	}
	peer := n.Attrs["category"] == "peer"
	if u == s.own.user && !peer {
		return // a copy for the clinic's own phone
	}
	body := new(waE2E.Message)
	switch err := proto.Unmarshal(plain, body); {
	case err != nil:
		s.odd("message: " + err.Error())
	case peer:
		s.own.peer(from, id, body)
	default:
		u.look(id, body)
	}
}

// look shows the person a message of the clinic; phones show a message once.
func (u *user) look(id string, body *waE2E.Message) {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.blocks {
		return
	}
	u.tell(id, types.ReceiptTypeDelivered)
	if u.chat.messages[id] != nil {
		s.counts["repeat:message"]++
		return
	}
	s.counts["message"]++
	m := u.chat.message(s, id)
	m.Clinic, m.Body = true, body
	u.chat.take(s, m)
}

// askAgain sends a retry receipt for a message that the phone cannot read, with fresh keys.
func (u *user) askAgain(from *device, id string) {
	keys := u.bundle().content()
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.s.counts["retry"]++
	now := u.s.o.Now().Unix()
	from.deliver(waBinary.Node{
		Tag:   "receipt",
		Attrs: waBinary.Attrs{"from": u.lid, "id": id, "type": string(types.ReceiptTypeRetry), "t": now},
		Content: []waBinary.Node{
			{Tag: "retry", Attrs: waBinary.Attrs{"count": 1, "id": id, "t": now, "v": 1}},
			keys[0], // registration
			{Tag: "keys", Content: keys[1:]},
		},
	})
}

// receipt notes what the client did with somebody's messages.
func (c *session) receipt(n *waBinary.Node, kind string) {
	s, id := c.s, text(n.Attrs["id"])
	to, _ := n.Attrs["to"].(types.JID)
	author := to
	if participant, ok := n.Attrs["participant"].(types.JID); ok {
		author = participant
	}
	ack := waBinary.Attrs{"class": "receipt", "id": id, "from": to}
	if kind != "" {
		ack["type"] = kind
	}
	c.send(waBinary.Node{Tag: "ack", Attrs: ack})
	u := s.find(author)
	if kind == string(types.ReceiptTypeRetry) { // it acknowledges the message apart from this
		s.count("receipt:retry")
		if u != nil {
			u.sendAgain(c.dev, id, n)
		}
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.dev.settle("message", id, "")
	if u == nil {
		return
	}
	u.chat.noted(id, kind)
	s.counts["receipt:"+kind]++
	list := n.GetChildByTag("list")
	for _, item := range list.GetChildren() {
		u.chat.noted(text(item.Attrs["id"]), kind)
	}
}
