package whatsapptest

import (
	"fmt"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
)

// Refusal is how the network answers a login: Reason 401 logged out, 402 banned for a time, 403 locked, 405 outdated,
// 503 and so on; of a ban Code is from 101 to 106 and Expire in seconds. The zero Refusal lets everybody in.
type Refusal struct {
	Reason int
	Code   int
	Expire int
}

// Refuse fails every login from now on; the zero Refusal ends that.
func (s *Server) Refuse(r Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.login = r
}

// Ban bans the account for a time: who is online is cut off, and the next login tells.
func (s *Server) Ban(code, seconds int) {
	s.Refuse(Refusal{Reason: 402, Code: code, Expire: seconds})
	s.Drop()
}

// Outdate refuses clients of an older revision of WhatsApp Web with 405.
func (s *Server) Outdate(minimum uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.minimum = minimum
}

// Down makes the server answer 503 to everybody who comes, until it is called with false.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Drop cuts every connection without a word, like a lost network. Nobody is online when it returns.
func (s *Server) Drop() {
	for _, c := range s.connections() {
		s.leave(c)
	}
}

// StreamError ends every connection with a code; 503 is what the network sends when it restarts.
func (s *Server) StreamError(code string) {
	for _, c := range s.connections() {
		c.hangUp(streamError(code, ""))
	}
}

// Replace ends every connection as though the same device had connected from elsewhere.
func (s *Server) Replace() {
	for _, c := range s.connections() {
		c.hangUp(streamError("", "replaced"))
	}
}

// awaitLinked waits until the phone is done with the device.
func (c *session) awaitLinked(device uint16) {
	c.s.mu.Lock()
	var done chan struct{}
	if dev := c.s.own.device(device); dev != nil {
		done = dev.linking
	}
	c.s.mu.Unlock()
	if done == nil {
		return
	}
	select {
	case <-done:
	case <-c.gone:
	}
}

// login lets a linked device in. An older connection of the same device is told that it is replaced.
func (c *session) login(payload *waWa6.ClientPayload, static [32]byte) error {
	s := c.s
	c.awaitLinked(uint16(payload.GetDevice()))
	s.mu.Lock()
	refusal := s.login
	dev := s.own.device(uint16(payload.GetDevice()))
	version := payload.GetUserAgent().GetAppVersion()
	switch {
	case refusal.Reason != 0:
	case version.GetTertiary() < s.minimum:
		refusal.Reason = 405
	case dev == nil || dev.noise != static || fmt.Sprint(payload.GetUsername()) != s.own.jid.User:
		refusal.Reason = 401
	}
	if refusal.Reason != 0 {
		s.counts[fmt.Sprintf("login:%d", refusal.Reason)]++
		s.mu.Unlock()
		n := waBinary.Node{Tag: "failure", Attrs: waBinary.Attrs{"reason": refusal.Reason}}
		if refusal.Code != 0 {
			n.Attrs["code"], n.Attrs["expire"] = refusal.Code, refusal.Expire
		}
		c.hangUp(n)
		return errRefused
	}
	s.counts["login"]++
	rival := dev.conn
	dev.conn, dev.active, c.dev = c, false, dev
	s.stir()
	s.mu.Unlock()
	if rival != nil {
		rival.hangUp(streamError("", "replaced"))
	}
	c.send(waBinary.Node{Tag: "success", Attrs: waBinary.Attrs{
		"lid": dev.lid, "t": s.o.Now().Unix(), "location": "lo", "display_name": s.own.name,
	}})
	return nil
}
