package whatsapptest

import (
	"context"
	"slices"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Phone is the clinic's own: it links devices, and its owner may write to people by hand.
type Phone struct {
	*user
	linked  []*device // this and the rest are guarded by the server's lock
	last    uint16
	resends bool
}

// JID is the phone number of the account.
func (p *Phone) JID() types.JID { return p.jid }

// LID is the account's hidden identity.
func (p *Phone) LID() types.JID { return p.lid }

// Link makes a fresh device a linked one, as though its code had been scanned some time ago, and saves it.
func (p *Phone) Link(ctx context.Context, dev *store.Device) error {
	linked := p.adopt(*dev.NoiseKey.Pub, bundle{
		registration: dev.RegistrationID,
		identity:     *dev.IdentityKey.Pub,
		signed:       publicKey{dev.SignedPreKey.KeyID, *dev.SignedPreKey.Pub, dev.SignedPreKey.Signature[:]},
	})
	done := p.busy(linked)
	defer close(done)
	account, err := p.vouch(linked)
	if err != nil {
		return err
	}
	account.DeviceSignature = sign(dev.IdentityKey,
		whatsmeow.AdvDeviceSignaturePrefix, account.Details, dev.IdentityKey.Pub[:], account.AccountSignatureKey)
	jid := linked.jid
	dev.ID, dev.LID, dev.Account, dev.Platform, dev.PushName = &jid, linked.lid, account, "android", p.name
	if err = dev.Save(ctx); err != nil {
		return err
	}
	if err = linked.stock(ctx, dev); err != nil {
		return err
	}
	if err = dev.LIDs.PutLIDMapping(ctx, p.lid, p.jid); err != nil {
		return err
	}
	return dev.Identities.PutIdentity(ctx, p.lid.SignalAddress().String(), *p.keys.identity.Pub)
}

// Unlink removes every linked device, as a person does in the phone's settings. Those online are told; the others
// learn it when they log in.
func (p *Phone) Unlink() {
	for _, c := range p.disown(func(*device) bool { return true }) {
		c.hangUp(streamError("401", "device_removed"))
	}
}

// Devices is how many are linked.
func (p *Phone) Devices() int {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return len(p.linked)
}

// Write sends a text to a person by hand. The linked devices see a message from themselves.
func (p *Phone) Write(to *Person, text string) Sent {
	return p.send(to, &waE2E.Message{Conversation: &text})
}

func (p *Phone) send(to *Person, body *waE2E.Message) Sent {
	s := p.s
	s.mu.Lock()
	m := to.chat.message(s, s.nextID())
	m.Clinic, m.ByHand, m.Body = true, true, body
	m.read(s, body)
	sent := to.chat.show(m)
	s.mu.Unlock()
	p.post(m.ID, m.At, &waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{
		DestinationJID: proto.String(to.who.from().String()), Message: body,
	}}, func(n *waBinary.Node) {
		n.Attrs["recipient"] = to.who.from()
		if !to.who.byPhone && !to.who.hidden {
			n.Attrs["peer_recipient_pn"] = to.who.jid
		}
	})
	return sent
}

// adopt gives a new linked device its number.
func (p *Phone) adopt(noise [32]byte, keys bundle) *device {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.last++
	d := &device{s: p.s, jid: p.jid, lid: p.lid, noise: noise, keys: keys}
	d.jid.Device, d.lid.Device = p.last, p.last
	p.linked = append(p.linked, d)
	return d
}

// busy keeps the device from logging in before it has its keys: whoever runs on the same database finds the session
// as soon as it is saved.
func (p *Phone) busy(d *device) chan struct{} {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	d.linking = make(chan struct{})
	return d.linking
}

// disown forgets some of the linked devices and tells where they are online.
func (p *Phone) disown(which func(*device) bool) (online []*session) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.linked = slices.DeleteFunc(p.linked, func(d *device) bool {
		if which(d) && d.conn != nil {
			online = append(online, d.conn)
		}
		return which(d)
	})
	return online
}

// device is the linked one with the number, or nil; the server's lock must be held.
func (p *Phone) device(number uint16) *device {
	for _, d := range p.linked {
		if d.jid.Device == number {
			return d
		}
	}
	return nil
}

// devices is who is linked now.
func (p *Phone) devices() []*device {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.Clone(p.linked)
}
