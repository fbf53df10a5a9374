package whatsapptest

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// pairing is what a client without an account has shown of itself.
type pairing struct {
	noise    [32]byte
	keys     bundle
	approved *device // guarded by the server's lock
	hello    *hello  // of a code with eight letters; guarded by the server's lock
}

// offer sends a client that has no account the makings of its QR codes.
func (c *session) offer(reg *waWa6.ClientPayload_DevicePairingRegistrationData, noise [32]byte) error {
	if len(reg.GetERegid()) != 4 || len(reg.GetEIdent()) != 32 || len(reg.GetESkeyID()) != 3 ||
		len(reg.GetESkeyVal()) != 32 || len(reg.GetESkeySig()) != 64 {
		return errors.New("malformed registration")
	}
	c.pairing = pairing{noise: noise, keys: bundle{
		registration: binary.BigEndian.Uint32(reg.ERegid),
		identity:     [32]byte(reg.EIdent),
		signed:       publicKey{threeBytes(reg.ESkeyID), [32]byte(reg.ESkeyVal), reg.ESkeySig},
	}}
	const codes = 6
	var refs []waBinary.Node
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	for range codes {
		ref := c.reference()
		refs = append(refs, waBinary.Node{Tag: "ref", Content: []byte(ref)})
	}
	c.send(waBinary.Node{
		Tag:     "iq",
		Attrs:   waBinary.Attrs{"from": types.ServerJID, "type": "set", "id": c.s.nextID(), "xmlns": "md"},
		Content: []waBinary.Node{{Tag: "pair-device", Content: refs}},
	})
	return nil
}

// reference is by which a phone finds the client; the server's lock must be held.
func (c *session) reference() string {
	ref := "2@" + base64.StdEncoding.EncodeToString(random(24))
	c.s.pairing[ref] = c
	return ref
}

// Scan does what a person does with the phone's camera: it approves the client that shows this QR code.
func (p *Phone) Scan(code string) error {
	if _, fields, found := strings.Cut(code, "#"); found {
		code = fields
	}
	parts := strings.Split(code, ",")
	if len(parts) < 4 {
		return errors.New("this is no code of WhatsApp")
	}
	noise, err1 := base64.StdEncoding.DecodeString(parts[1])
	identity, err2 := base64.StdEncoding.DecodeString(parts[2])
	secret, err3 := base64.StdEncoding.DecodeString(parts[3])
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	p.s.mu.Lock()
	c := p.s.pairing[parts[0]]
	p.s.mu.Unlock()
	switch {
	case c == nil:
		return errors.New("nobody shows this code any more")
	case !bytes.Equal(noise, c.pairing.noise[:]), !bytes.Equal(identity, c.pairing.keys.identity[:]):
		return errors.New("the code is not of the client that shows it")
	}
	return p.approve(c, secret)
}

// approve makes the client a linked device; secret is known to it and the phone only.
func (p *Phone) approve(c *session, secret []byte) error {
	d := p.adopt(c.pairing.noise, c.pairing.keys)
	account, err := p.vouch(d)
	if err != nil {
		return err
	}
	details, err := proto.Marshal(account)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(details)
	container, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: details, HMAC: mac.Sum(nil)})
	if err != nil {
		return err
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c.pairing.approved = d
	c.send(waBinary.Node{
		Tag: "iq",
		Attrs: waBinary.Attrs{
			"from": types.ServerJID, "type": "set", "id": p.s.nextID(), "xmlns": "md", "t": p.s.o.Now().Unix(),
		},
		Content: []waBinary.Node{{Tag: "pair-success", Content: []waBinary.Node{
			{Tag: "device-identity", Content: container},
			{Tag: "device", Attrs: waBinary.Attrs{"jid": d.jid, "lid": d.lid}},
			{Tag: "platform", Attrs: waBinary.Attrs{"name": "android"}},
		}}},
	})
	return nil
}

// stranger serves a client that has not logged in.
func (c *session) stranger(n *waBinary.Node) {
	if signed := bytesOf(*n, "pair-device-sign", "device-identity"); signed != nil {
		c.confirm(signed)
		return
	}
	if reg, asks := n.GetOptionalChildByTag("link_code_companion_reg"); asks {
		c.letters(n, reg)
	}
}

// confirm checks the client's answer to pair-success, then makes it come back and log in for real.
func (c *session) confirm(signed []byte) {
	c.s.mu.Lock()
	d := c.pairing.approved
	c.s.mu.Unlock()
	if d == nil {
		c.s.odd("pair-device-sign that nobody approved")
		return
	}
	if err := c.s.own.check(d, signed); err != nil {
		c.s.odd("pair-device-sign: " + err.Error())
		return
	}
	c.hangUp(streamError("515", ""))
}

// ExpireCodes ends the connections of clients that show a code, as the network does after 160 seconds.
func (s *Server) ExpireCodes() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.pairing {
		c.cut()
	}
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}
